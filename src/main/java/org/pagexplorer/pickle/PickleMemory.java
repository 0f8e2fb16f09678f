package org.pagexplorer.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.files.UnusableFileException;

/** A pickle machine's memory: its stack, its marks and its memo, within an allowance. */
public class PickleMemory {
  /** Rough sizes of Java's objects. */
  public static final int ENTRY = 72;

  protected static final int SLOT = 8;
  private static final int OBJECT = 32;
  private static final int CONTAINER = 160;

  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final String wanted;
  private long allowance;

  /**
   * @param allowance bytes that all of it may take, if Java has twice as many
   * @param wanted what needs less, for a sentence
   */
  public PickleMemory(long allowance, String wanted) {
    this.allowance = Math.min(allowance, Runtime.getRuntime().maxMemory() / 2);
    this.wanted = wanted;
  }

  public final void mark() {
    spend(OBJECT);
    marks.add(stack.size());
  }

  public final List<Object> toMark() {
    if (marks.isEmpty()) {
      throw damaged();
    }
    return take(stack.size() - marks.removeLast());
  }

  /** The topmost values, the last one topmost. */
  public final List<Object> take(int count) {
    int from = stack.size() - count;
    if (from < floor()) {
      throw damaged();
    }
    spend(CONTAINER + (long) SLOT * count);
    List<Object> taken = new ArrayList<>(stack.subList(from, stack.size()));
    stack.subList(from, stack.size()).clear();
    return taken;
  }

  public final Object peek() {
    if (stack.size() <= floor()) {
      throw damaged();
    }
    return stack.getLast();
  }

  public final Object pop() {
    Object top = peek();
    stack.removeLast();
    return top;
  }

  /** What lies below the last mark is out of reach. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  public final void push(Object value) {
    spend(SLOT);
    stack.add(value);
  }

  public final void pushNew(Object value) {
    spend(OBJECT);
    push(value);
  }

  /** A value with parts of its own. */
  public final void pushContainer(Object value, long slots) {
    spend(CONTAINER + SLOT * slots);
    push(value);
  }

  public final void pushList(List<Object> values) {
    pushContainer(new ArrayList<>(values), values.size());
  }

  public final void remember(long index) {
    spend(ENTRY);
    memo.put(index, peek());
  }

  /** Under the next number. */
  public final void remember() {
    remember(memo.size());
  }

  public final Object recall(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw damaged();
    }
    return value;
  }

  /** Throws where all of it is spent. */
  public final void spend(long bytes) {
    allowance -= bytes;
    if (allowance < 0) {
      throw new UnusableFileException(
          "its pickle wants far more memory than a " + wanted + " needs");
    }
  }

  public static UnusableFileException damaged() {
    return new UnusableFileException("its pickle is damaged");
  }
}
