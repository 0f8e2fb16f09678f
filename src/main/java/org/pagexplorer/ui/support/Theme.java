package org.pagexplorer.ui.support;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import org.pagexplorer.lab.figure.Palette;

/**
 * Light or dark: AtlantaFX's Primer, our own style sheet over it, and the colors that charts and
 * canvases need.
 */
public enum Theme {
  LIGHT(
      new PrimerLight().getUserAgentStylesheet(),
      "#1f2328",
      "#59636e",
      "#d1d9e0",
      "#ffffff",
      "#0969da",
      "#1a7f37",
      "#cf222e"),
  DARK(
      new PrimerDark().getUserAgentStylesheet(),
      "#e6edf3",
      "#9198a1",
      "#3d444d",
      "#0d1117",
      "#4493f8",
      "#3fb950",
      "#f85149");

  private static final String STYLES = "/org/pagexplorer/ui/pag.css";

  private final String base;
  private final Color foreground;
  private final Color muted;
  private final Color border;
  private final Color background;
  private final Color accent;
  private final Color success;
  private final Color danger;

  Theme(
      String base,
      String foreground,
      String muted,
      String border,
      String background,
      String accent,
      String success,
      String danger) {
    this.base = base;
    this.foreground = Color.web(foreground);
    this.muted = Color.web(muted);
    this.border = Color.web(border);
    this.background = Color.web(background);
    this.accent = Color.web(accent);
    this.success = Color.web(success);
    this.danger = Color.web(danger);
  }

  /** Dresses the application and a scene. */
  public void applyTo(Scene scene) {
    if (!base.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(base);
    }
    scene.setFill(background);
    String styles = Objects.requireNonNull(Theme.class.getResource(STYLES)).toExternalForm();
    if (!scene.getStylesheets().equals(List.of(styles))) {
      scene.getStylesheets().setAll(styles);
    }
  }

  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }

  /** The colors of classes, methods, and models. */
  public Palette palette() {
    return this == LIGHT ? Palette.LIGHT : Palette.DARK;
  }

  /** A color of the palette, by its number. */
  public Color color(int number) {
    java.awt.Color found = palette().of(number);
    return Color.rgb(found.getRed(), found.getGreen(), found.getBlue());
  }

  public Color foreground() {
    return foreground;
  }

  public Color muted() {
    return muted;
  }

  public Color border() {
    return border;
  }

  public Color background() {
    return background;
  }

  public Color accent() {
    return accent;
  }

  public Color success() {
    return success;
  }

  public Color danger() {
    return danger;
  }
}
