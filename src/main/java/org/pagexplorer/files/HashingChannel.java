package org.pagexplorer.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;

/** A file read once, from front to back, and hashed as it is read; what is skipped counts too. */
public final class HashingChannel implements SeekableByteChannel {
  private static final int BLOCK = 1 << 16;

  private final FileChannel file;
  private final MessageDigest digest = Sha256.newDigest();

  public HashingChannel(FileChannel file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    ByteBuffer seen = to.duplicate();
    int count = file.read(to);
    digest.update(seen.limit(to.position()));
    return count;
  }

  /** Goes forward only. */
  @Override
  public SeekableByteChannel position(long wanted) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (position() < wanted) {
      block.clear().limit((int) Math.min(BLOCK, wanted - position()));
      if (read(block) < 0) {
        break; // the next reading finds nothing
      }
    }
    if (position() > wanted) {
      throw new IllegalStateException("read twice: byte " + wanted);
    }
    return this;
  }

  /** Of the whole file; reads what is left of it. */
  public String sha256() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (read(block) >= 0) {
      block.clear();
    }
    return Sha256.hex(digest);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
