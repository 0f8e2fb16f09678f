package org.pagexplorer.files;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this thread has used.
 *
 * @param nanoseconds of processor time, which other programs on a busy machine do not prolong
 * @param bytes that it has allocated
 */
public record ThreadCost(long nanoseconds, long bytes) {

  /** Since it began. */
  public static ThreadCost now() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return new ThreadCost(
        threads.getCurrentThreadCpuTime(), threads.getCurrentThreadAllocatedBytes());
  }

  /** Since this was measured. */
  public ThreadCost since() {
    ThreadCost now = now();
    return new ThreadCost(now.nanoseconds - nanoseconds, now.bytes - bytes);
  }
}
