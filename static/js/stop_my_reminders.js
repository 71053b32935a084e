// Whoever opens the link wants the mails to stop: the one button presses itself. Scanners of mail
// open links without running scripts, and stop nothing. Without a script the button is pressed.
document.getElementById("stop-reminders")?.requestSubmit();
