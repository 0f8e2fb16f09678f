package org.pagexplorer.engine.natives;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a file is a whole native library, by its own headers: Linux's (ELF), Windows' (PE) or
 * macOS' (Mach-O). One that was cut off is mapped into memory all the same, and the process dies
 * when it touches what is not there.
 */
final class LibraryFile {
  private static final int ELF = 0x464c457f;
  private static final short DOS = 0x5a4d;
  private static final int PE = 0x4550;
  private static final int MACH_O = 0xfeedfacf;
  private static final int MACH_O_SEGMENT = 0x19;

  private final FileChannel channel;

  private LibraryFile(FileChannel channel) {
    this.channel = channel;
  }

  /** What is wrong with it, for instance {@code is cut off}; empty if nothing is. */
  static Optional<String> fault(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      LibraryFile library = new LibraryFile(channel);
      int magic = library.at(0, 4).getInt();
      if (magic != ELF && magic != MACH_O && (short) magic != DOS) {
        return Optional.of("is not a native library");
      }
      long end =
          magic == ELF
              ? library.elfEnd()
              : magic == MACH_O ? library.machOEnd() : library.portableExecutableEnd();
      return end > channel.size() ? Optional.of("is cut off") : Optional.empty();
    } catch (EOFException e) {
      return Optional.of("is cut off");
    }
  }

  /** The byte after its last segment, or after its table of sections, which comes last. */
  private long elfEnd() throws IOException {
    ByteBuffer header = at(0, 64);
    long end = header.getLong(0x28) + (long) header.getShort(0x3a) * header.getShort(0x3c);
    for (int i = 0; i < header.getShort(0x38); i++) {
      ByteBuffer segment = at(header.getLong(0x20) + (long) i * header.getShort(0x36), 56);
      end = Math.max(end, segment.getLong(8) + segment.getLong(32));
    }
    return end;
  }

  private long portableExecutableEnd() throws IOException {
    long start = Integer.toUnsignedLong(at(0x3c, 4).getInt());
    ByteBuffer header = at(start, 24);
    if (header.getInt(0) != PE) {
      throw new EOFException();
    }
    long end = 0;
    long sections = start + 24 + header.getShort(20);
    for (int i = 0; i < header.getShort(6); i++) {
      ByteBuffer section = at(sections + 40L * i, 40);
      long bytes = Integer.toUnsignedLong(section.getInt(16));
      end = Math.max(end, bytes + Integer.toUnsignedLong(section.getInt(20)));
    }
    return end;
  }

  private long machOEnd() throws IOException {
    int commands = at(0, 32).getInt(16);
    long end = 0;
    long start = 32;
    for (int i = 0; i < commands; i++) {
      ByteBuffer command = at(start, 8);
      if (command.getInt(0) == MACH_O_SEGMENT) {
        ByteBuffer segment = at(start, 56);
        end = Math.max(end, segment.getLong(40) + segment.getLong(48));
      }
      start += command.getInt(4);
    }
    return end;
  }

  private ByteBuffer at(long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (position < 0 || channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }
}
