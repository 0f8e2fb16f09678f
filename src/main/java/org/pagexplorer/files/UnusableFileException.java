package org.pagexplorer.files;

/** What is wrong with a file's contents and what to do about it; the file's name comes later. */
public final class UnusableFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public static final String FETCH_AGAIN = "download or export it again, or choose another file";

  private final String wrong;
  private final String advice;

  public UnusableFileException(String wrong) {
    this(wrong, FETCH_AGAIN);
  }

  public UnusableFileException(String wrong, String advice) {
    super(wrong + "; " + advice);
    this.wrong = wrong;
    this.advice = advice;
  }

  String wrong() {
    return wrong;
  }

  String advice() {
    return advice;
  }

  /** The same, said of one part of the file. */
  public UnusableFileException in(String part) {
    return new UnusableFileException(part + ": " + wrong, advice);
  }
}
