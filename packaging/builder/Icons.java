import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one icon, a PNG of 256 × 256, in the containers that Windows and macOS want it in. */
final class Icons {
  private Icons() {}

  /** The icon for the system that this runs on. */
  static Path forThisSystem(Path png, Path folder) throws IOException {
    String system = System.getProperty("os.name");
    if (system.startsWith("Windows")) {
      return Files.write(folder.resolve("icon.ico"), ico(Files.readAllBytes(png)));
    }
    if (system.startsWith("Mac")) {
      return Files.write(folder.resolve("icon.icns"), icns(Files.readAllBytes(png)));
    }
    return png;
  }

  /** Windows Vista and later take a PNG as it is. */
  static byte[] ico(byte[] png) {
    ByteBuffer ico = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    ico.putShort((short) 0).putShort((short) 1).putShort((short) 1); // an icon, one picture
    ico.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0); // 256 × 256, no palette
    ico.putShort((short) 1).putShort((short) 32).putInt(png.length).putInt(22);
    return ico.put(png).array();
  }

  /** {@code ic08} is a PNG of 256 × 256. */
  static byte[] icns(byte[] png) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write("icns".getBytes(StandardCharsets.US_ASCII));
      out.writeInt(16 + png.length);
      out.write("ic08".getBytes(StandardCharsets.US_ASCII));
      out.writeInt(8 + png.length);
      out.write(png);
    }
    return bytes.toByteArray();
  }
}
