"""What the app can do, a module each: rehearse, mark, correct, quiz, look over, repair. For screens and commands."""
