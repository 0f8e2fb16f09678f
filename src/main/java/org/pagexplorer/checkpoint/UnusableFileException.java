package org.pagexplorer.checkpoint;

/** What is wrong with a file's contents and what to do about it; the file's name comes later. */
final class UnusableFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  static final String FETCH_AGAIN = "download or export it again, or choose another file";

  UnusableFileException(String wrong) {
    this(wrong, FETCH_AGAIN);
  }

  UnusableFileException(String wrong, String advice) {
    super(wrong + "; " + advice);
  }
}
