from rehearse.domain.opinions import Agreement, Label, Opinion, labels_on, with_opinion, without_opinion

NO = Label("goal", "covered", Agreement.NO, "fewer orders", "hardly a goal")
YES = Label("goal", "covered", Agreement.YES)


def test_a_label_in_words() -> None:
    assert YES.short("Ann", "covered") == "Ann: yes"
    assert NO.whole("Ann", "covered") == "Ann: no, “fewer orders” (hardly a goal)"
    assert Label("goal", "covered", Agreement.UNSURE).whole("a friend", "covered") == "a friend: can't tell"


def test_a_label_on_a_mark_that_was_corrected_since_says_what_it_was_about() -> None:
    assert NO.short("Ann", "missing") == "Ann: no to “covered”"


def test_one_opinion_a_friend_whatever_the_case() -> None:
    first, second, other = Opinion("Ann", (YES,)), Opinion("ann", (NO,)), Opinion("Bo", (YES,))
    both = with_opinion(with_opinion(with_opinion((), first), other), second)
    assert both == (other, second)
    assert list(labels_on(both, "goal")) == [("Bo", YES), ("ann", NO)]
    assert list(labels_on(both, "steps")) == []
    assert without_opinion(both, "BO") == (second,)
