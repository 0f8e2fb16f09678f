package org.pagexplorer.ui.support;

/** What one place of the window has to complain of, until it is put right; on the FX thread. */
public final class Complaint {
  private final Notice notice;
  private String said = "";

  public Complaint(Notice notice) {
    this.notice = notice;
  }

  public void say(String sentence) {
    said = sentence;
    notice.say(sentence);
  }

  /** Says what is wrong now, once for as long as it is the same; empty where nothing is. */
  public void sayOnce(String sentence) {
    if (!sentence.equals(said)) {
      settle();
      if (!sentence.isEmpty()) {
        say(sentence);
      }
    }
  }

  /** Says what went wrong. */
  public void report(Throwable failure) {
    say(Sentence.of(failure));
  }

  /** Nothing is wrong anymore. */
  public void settle() {
    if (!said.isEmpty()) {
      notice.withdraw(said);
      said = "";
    }
  }
}
