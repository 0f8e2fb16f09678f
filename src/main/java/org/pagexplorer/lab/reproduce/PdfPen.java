package org.pagexplorer.lab.reproduce;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/**
 * Draws a piece of a sheet; y grows downward from the piece's upper edge.
 *
 * @param left of the piece
 * @param top of the piece, from the sheet's lower edge
 */
record PdfPen(PDDocument document, PDPageContentStream content, int left, int top) {

  /** Draws from a baseline's left end. */
  void text(String text, double x, int baseline, int size, boolean bold, Color ink)
      throws IOException {
    double at = left + x;
    for (PdfText.Run run : PdfText.runs(text, bold)) {
      content.beginText();
      content.setFont(run.font(), size);
      content.setNonStrokingColor(ink);
      content.newLineAtOffset((float) at, top - baseline);
      content.showText(run.text());
      content.endText();
      at += run.width(size);
    }
  }

  /** A line across. */
  void rule(int y, int width, Color ink) throws IOException {
    content.setNonStrokingColor(ink);
    content.addRect(left, top - y, width, 0.7f);
    content.fill();
  }

  void image(BufferedImage image, int width, int height) throws IOException {
    content.drawImage(
        LosslessFactory.createFromImage(document, image), left, top - height, width, height);
  }
}
