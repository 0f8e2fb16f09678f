package org.pagexplorer.ui.control;

import javafx.scene.control.Label;

/** Words in the window's styles. */
public final class Labels {
  private Labels() {}

  public static Label styled(String style, String text) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    return label;
  }

  /** A few sentences, broken into lines of this width at most. */
  public static Label explanation(String text, double width) {
    Label label = styled("explanation", text);
    label.setWrapText(true);
    label.setMaxWidth(width);
    return label;
  }
}
