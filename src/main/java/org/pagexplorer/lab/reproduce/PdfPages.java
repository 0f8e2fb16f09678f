package org.pagexplorer.lab.reproduce;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.reproduce.Page.Picture;
import org.pagexplorer.lab.reproduce.PdfLayout.Piece;

/** A page as PDF on A4, with the figures' specifications attached. */
final class PdfPages {
  private PdfPages() {}

  /** Writes it. */
  static void write(Page page, Path file) {
    try (PDDocument document = new PDDocument()) {
      document.getDocumentInformation().setTitle(page.title());
      for (List<Piece> sheet : PdfLayout.sheets(page)) {
        add(document, sheet);
      }
      attach(document, page);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      TextFile.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  private static void add(PDDocument document, List<Piece> sheet) throws IOException {
    PDPage page = new PDPage(new PDRectangle(PdfLayout.WIDTH, PdfLayout.HEIGHT));
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      int top = PdfLayout.HEIGHT - PdfLayout.MARGIN;
      for (Piece piece : sheet) {
        piece.paint().with(new PdfPen(document, content, PdfLayout.MARGIN, top));
        top -= piece.height();
      }
    }
  }

  private static void attach(PDDocument document, Page page) throws IOException {
    SequencedMap<String, PDComplexFileSpecification> files = new TreeMap<>();
    for (Page.Block block : page.blocks()) {
      if (block instanceof Picture picture) {
        byte[] bytes = Files.readAllBytes(picture.specification());
        String name = String.valueOf(picture.specification().getFileName());
        PDEmbeddedFile embedded =
            new PDEmbeddedFile(document, new ByteArrayInputStream(bytes), COSName.FLATE_DECODE);
        embedded.setSubtype("application/json");
        embedded.setSize(bytes.length);
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setEmbeddedFile(embedded);
        files.put(name, specification);
      }
    }
    PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
    tree.setNames(files);
    PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
    names.setEmbeddedFiles(tree);
    document.getDocumentCatalog().setNames(names);
  }
}
