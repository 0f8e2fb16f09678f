package org.pagexplorer.lab.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.TextFile;
import org.w3c.dom.Document;

/** A drawing as a file: PNG, usually at twice the size, PDF or SVG, told by the name's ending. */
public final class FigureFile {
  public static final int PNG_SCALE = 2;

  /** Of a PNG file, in memory at a time: 16 MiB. */
  private static final int STRIP_PIXELS = 1 << 22;

  private static final DocumentBuilder DOCUMENTS = documents();

  private static DocumentBuilder documents() {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private FigureFile() {}

  /** The formats, as a name's ending. */
  public static final java.util.List<String> ENDINGS = java.util.List.of("png", "pdf", "svg");

  /**
   * Looks before hours of work.
   *
   * @throws UserException if the name's ending is none of {@link #ENDINGS}
   */
  public static void check(Path file) {
    if (!ENDINGS.contains(ending(file))) {
      throw new UserException(
          "A figure is saved as .png, .pdf or .svg, which \""
              + file.getFileName()
              + "\" does not end in; add one of them.");
    }
  }

  static boolean isPng(Path file) {
    return ending(file).equals("png");
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * Draws and writes; the file is whole or as it was.
   *
   * @param width in points of 1/72 inch
   * @param height in points
   * @throws UserException if the ending is none of {@link #ENDINGS} or the file cannot be written
   */
  public static void write(Path file, int width, int height, Consumer<Graphics2D> drawing) {
    write(file, width, height, PNG_SCALE, drawing);
  }

  /**
   * The same.
   *
   * @param scale pixels a point of a PNG, at least 1
   */
  static void write(Path file, int width, int height, int scale, Consumer<Graphics2D> drawing) {
    check(file);
    try {
      switch (ending(file)) {
        case "png" ->
            ImageFiles.writePng(
                file, new StripPicture(width, height, scale, STRIP_PIXELS, drawing));
        case "pdf" -> TextFile.write(file, pdf(width, height, drawing));
        default -> TextFile.write(file, svg(width, height, drawing));
      }
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  private static byte[] pdf(int width, int height, Consumer<Graphics2D> drawing)
      throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
      try {
        drawing.accept(graphics);
      } finally {
        graphics.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static byte[] svg(int width, int height, Consumer<Graphics2D> drawing)
      throws IOException {
    Document document =
        DOCUMENTS.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null);
    SVGGraphics2D graphics =
        new SVGGraphics2D(document, new PngImages(), new DefaultExtensionHandler(), false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    drawing.accept(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStreamWriter writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      graphics.stream(writer, true);
    }
    return bytes.toByteArray();
  }

  /** Batik would want a PNG writer of its own. */
  private static final class PngImages extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
      try {
        out.write(ImageFiles.png(image));
      } catch (IOException e) {
        throw new SVGGraphics2DIOException(e);
      }
    }
  }
}
