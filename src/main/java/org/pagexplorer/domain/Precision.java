package org.pagexplorer.domain;

/** How an attack computes. */
public enum Precision implements Named {
  /** float32 throughout: for every number that is reported. */
  EXACT,
  /** bfloat16 where the device has it in hardware, else float32: for pictures. */
  FAST;

  @Override
  public String title() {
    return this == EXACT ? "exact (float32)" : id();
  }
}
