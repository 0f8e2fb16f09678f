package org.pagexplorer.lab.toy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;

/**
 * A setup as one line of text to keep, mail and paste: {@code
 * pag-toy:?points=line&seed=1&…&panels=vanilla,nearest-neighbor*1}. The user's own points are in
 * it.
 */
public final class SetupText {
  private static final String BEGINNING = "pag-toy:?";

  private SetupText() {}

  /** The text of a setup. */
  public static String of(ToySetup setup) {
    Map<String, String> fields = new LinkedHashMap<>();
    switch (setup.points()) {
      case Points.Drawn(PointShape shape) -> fields.put("points", shape.id());
      case Points.Own(PointSet set) -> fields.put("own", packed(set));
    }
    fields.put("seed", String.valueOf(setup.seed()));
    fields.put("hidden", String.valueOf(setup.hidden()));
    fields.put("network", setup.activation().id());
    fields.put("lr", ToySetup.number(setup.learningRate()));
    fields.put("batch", String.valueOf(setup.batch()));
    fields.put("epochs", String.valueOf(setup.epochs()));
    fields.put("epsilon", ToySetup.number(setup.epsilon()));
    fields.put("neighbours", String.valueOf(setup.neighbors()));
    List<String> panels = new ArrayList<>();
    for (Scheme scheme : setup.schemes()) {
      panels.add(scheme.method().id() + "*" + ToySetup.number(scheme.lambda()));
    }
    fields.put("panels", String.join(",", panels));
    List<String> parts = new ArrayList<>();
    fields.forEach((name, value) -> parts.add(name + "=" + value));
    return BEGINNING + String.join("&", parts);
  }

  /**
   * The setup of a text; what the text leaves out is as in the paper.
   *
   * @throws UserException with one sentence if it is no such text
   */
  public static ToySetup parse(String text) {
    String line = text.strip();
    if (!line.startsWith(BEGINNING)) {
      throw new UserException(
          "This is not a setup of the playground, which begins with \"" + BEGINNING + "\".");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : line.substring(BEGINNING.length()).split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        fields.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    try {
      return setup(fields);
    } catch (IllegalArgumentException e) {
      throw new UserException("The setup cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static ToySetup setup(Map<String, String> fields) {
    ToySetup paper = ToySetup.paper();
    return new ToySetup(
        points(fields, paper),
        seed(fields, paper),
        whole(fields, "hidden", paper.hidden()),
        Family.of(fields.getOrDefault("network", paper.activation().id())),
        number(fields, "lr", paper.learningRate()),
        whole(fields, "batch", paper.batch()),
        whole(fields, "epochs", paper.epochs()),
        number(fields, "epsilon", paper.epsilon()),
        whole(fields, "neighbours", paper.neighbors()),
        fields.containsKey("panels") ? schemes(fields.get("panels")) : paper.schemes());
  }

  private static Points points(Map<String, String> fields, ToySetup paper) {
    if (fields.get("own") instanceof String packed) {
      return new Points.Own(unpacked(packed));
    }
    return fields.get("points") instanceof String id
        ? new Points.Drawn(PointShape.of(id))
        : paper.points();
  }

  private static long seed(Map<String, String> fields, ToySetup paper) {
    try {
      return Long.parseLong(fields.getOrDefault("seed", String.valueOf(paper.seed())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its seed is not a whole number", e);
    }
  }

  private static int whole(Map<String, String> fields, String name, int otherwise) {
    double number = number(fields, name, otherwise);
    if (number != (int) number) {
      throw new IllegalArgumentException(name + " is not a whole number");
    }
    return (int) number;
  }

  private static double number(Map<String, String> fields, String name, double otherwise) {
    String text = fields.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number", e);
    }
  }

  private static List<Scheme> schemes(@org.jspecify.annotations.Nullable String text) {
    List<Scheme> schemes = new ArrayList<>();
    for (String panel : String.valueOf(text).split(",")) {
      int star = panel.indexOf('*');
      Method method = Method.of(star < 0 ? panel : panel.substring(0, star));
      double lambda =
          star < 0
              ? ToySetup.DEFAULT_LAMBDA
              : number(Map.of("λ", panel.substring(star + 1)), "λ", 0);
      schemes.add(new Scheme(method, lambda));
    }
    return schemes;
  }

  /** Label and coordinates of each point, deflated, in Base64. */
  private static String packed(PointSet set) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      for (int i = 0; i < set.size(); i++) {
        out.writeByte(set.labels()[i]);
        out.writeFloat(set.x1(i));
        out.writeFloat(set.x2(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  private static PointSet unpacked(String packed) {
    int bytesAPoint = 9;
    try (InflaterInputStream inflater =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(packed)))) {
      byte[] bytes = inflater.readNBytes(PointSet.LARGEST * bytesAPoint + 1);
      if (bytes.length % bytesAPoint != 0) {
        throw new IllegalArgumentException("its points are incomplete");
      }
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), bytes.length / bytesAPoint);
    } catch (IOException e) {
      throw new IllegalArgumentException("its points are damaged", e);
    }
  }

  private static boolean isPlace(float coordinate) {
    return Math.abs(coordinate) <= PointFile.FARTHEST;
  }

  private static PointSet read(DataInputStream in, int n) throws IOException {
    float[] xy = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = in.readByte();
      xy[2 * i] = in.readFloat();
      xy[2 * i + 1] = in.readFloat();
      boolean valid = labels[i] == 0 || labels[i] == 1;
      if (!valid || !isPlace(xy[2 * i]) || !isPlace(xy[2 * i + 1])) {
        throw new IllegalArgumentException("its points are damaged");
      }
    }
    return new PointSet(xy, labels);
  }
}
