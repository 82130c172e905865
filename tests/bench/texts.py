"""Answers to speak, rich in the guide's terms; written for this, and no part of any guide."""

import re
from dataclasses import dataclass

SAID = {
    "scikit-learn": "sigh kit learn",
    "ONNX": "onnix",
    "FastAPI": "fast A P I",
    "LightGBM": "light G B M",
    "XGBoost": "X G boost",
    "MLflow": "M L flow",
    "ECR": "E C R",
    "EC2": "E C two",
    "AWS": "A W S",
    "SQL": "sequel",
    "CI": "C I",
    "SHAP": "shap",
    "PagerDuty": "pager duty",
    "DistilBERT": "distil burt",
    "GitLab": "git lab",
    "GitHub": "git hub",
    "CloudWatch": "cloud watch",
    "PyTorch": "pie torch",
    "Postgres": "post gress",
    "BigQuery": "big query",
    "Datadog": "data dog",
    "TensorFlow": "tensor flow",
    "Grafana": "gruh fahna",
    "Kubernetes": "koober netties",
    "API": "A P I",
    "AI": "A I",
    "DVC": "D V C",
    "CD": "C D",
    "Redis": "reddis",
}
"""How people say names that a synthesiser would read as it likes."""

FILLERS = ("um", "uh", "er", "you know", "like")


@dataclass(frozen=True)
class Text:
    """What is said: the words as they should be written, and which of them are names that count."""

    name: str
    scenario: str
    """Of the first guide: the one whose terms come first when recognition is biased."""
    words: str
    names: str
    """Separated by commas."""

    @property
    def terms(self) -> tuple[str, ...]:
        """The names that count."""
        return tuple(self.names.split(", "))

    @property
    def spoken(self) -> str:
        """The words for a synthesiser."""
        return re.sub(
            r"[A-Za-z][\w-]*", lambda found: SAID.get(found.group(), found.group()), self.words.replace("\n", " ")
        )


BAKERY = Text(
    "bakery",
    "beginner",
    """This was for a chain of bakeries. Every evening they threw bread away, and every morning some shops ran out, so
the goal was to order the right amount for each shop. I pulled old sales from Postgres with SQL, cleaned them in pandas,
and trained a random forest with scikit-learn. I compared it with a simple baseline and with XGBoost, and the error
dropped by a third. The model went into a pickle file inside a Docker image, and Airflow runs it as a batch job every
night on EC2. It writes the orders into a table, and the managers see them in Tableau. For monitoring I log the
predictions, compare them with real sales every Monday, and get an alert in Slack when the error grows. Next I want to
add the weather. The hardest part was that holidays broke everything, and I learned to test on a whole year.""",
    "Postgres, SQL, pandas, random forest, scikit-learn, XGBoost, Docker, Airflow, EC2, Tableau, Slack",
)

HOTEL = Text(
    "hotel",
    "intermediate",
    """I worked for a booking site that lost money on cancelled rooms, so we wanted to know at the time of booking how
likely a guest was to cancel. I trained LightGBM on past bookings, tuned it with Optuna, and used SHAP to explain the
scores to the revenue team. Precision mattered most, because a wrong warning means a room sold twice. I exported the
model to ONNX, wrapped it in FastAPI, built a Docker image, and pushed it to ECR. AWS Lambda runs it behind API Gateway,
and features that change often sit in Redis. GitHub Actions tests and releases every change. CloudWatch and Grafana show
latency and errors, and PagerDuty calls whoever is on call. A weekly job looks for data drift. In the next version we
will retrain every month. The biggest challenge was cold start, so we made the image smaller and paid for provisioned
concurrency.""",
    "LightGBM, Optuna, SHAP, ONNX, FastAPI, Docker, ECR, "
    "AWS Lambda, API Gateway, Redis, GitHub Actions, CloudWatch, Grafana, PagerDuty, provisioned concurrency",
)

TICKETS = Text(
    "tickets",
    "advanced",
    """We sort support tickets for a software company, and every ticket in the wrong queue costs a customer half a day.
The classifier is DistilBERT from Hugging Face, trained in PyTorch on labelled tickets, with experiments in MLflow and
the data in DVC. A merge starts GitLab CI, which runs the tests, builds the image, and registers the model. Triton
serves it on Kubernetes, Helm installs it, Argo CD keeps the cluster in step with Git, and Terraform owns the rest.
Every release starts as a canary with a small share of the traffic, and rolls back by itself. Tickets arrive through
Kafka. Prometheus watches throughput and latency, Evidently compares the distributions, and when drift shows,
retraining starts. We plan to add a second language. The hardest part was trust. The agents didn't believe the
labels, so we showed them the confidence and let them correct it.""",
    "DistilBERT, Hugging Face, PyTorch, MLflow, DVC, GitLab CI, Triton, "
    "Kubernetes, Helm, Argo CD, Git, Terraform, Kafka, Prometheus, Evidently",
)

PARCELS = Text(
    "parcels",
    "intermediate",
    """The company delivers parcels, and people kept calling to ask when theirs would come. So the goal was an arrival
time that one can rely on. The data was in BigQuery, I trained a network in TensorFlow and tracked it in MLflow, and
against gradient boosting it was better only in big cities. So we kept CatBoost, which is simpler. It runs on Cloud Run
as a small Flask service, with a load balancer in front, and Streamlit gives the planners a page to play with. We let it
run beside the old rules as an A/B test for a month, and calls went down by a quarter. Datadog shows the latency and the
error by district, and Great Expectations checks the data before it goes in. Now we are working on traffic jams. What
bit us was time zones, and I learned to write the unit into the name of every column.""",
    "BigQuery, TensorFlow, MLflow, gradient boosting, CatBoost, "
    "Cloud Run, Flask, Streamlit, Datadog, Great Expectations",
)

BICYCLES = Text(
    "bicycles",
    "beginner",
    """So, um, this was for a city that, uh, rents out bikes. Every morning the stations by the river were, like, empty,
and people got angry, so, um, the drivers had to know the evening before, you know, where to bring bikes. I had the
trips and the, er, weather, and I trained, um, a random forest in Python. It was, uh, clearly better than the average of
last week. Then I packed it, you know, into a Docker image, and, um, cron starts it every night on a small server. The
plan goes into, er, a Postgres table, and the drivers, uh, see it on their tablets. If it fails, I, um, get an alert.
And I compare the plan with, like, what really happened. Next, uh, we want to add football matches. The hardest part
was, um, broken docks. They said they had, you know, no bikes for days, and it, er, took us a week to find out.""",
    "random forest, Python, Docker, cron, Postgres",
)

TEXTS = (BAKERY, HOTEL, TICKETS, PARCELS)
"""All but the one with fillers."""
