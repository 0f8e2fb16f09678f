package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AllocationTest {
  @Test
  void coresAreTheTasksThenTheNodes() {
    Map<String, String> task =
        Map.of("SLURM_JOB_ID", "1", "SLURM_CPUS_PER_TASK", "3", "SLURM_CPUS_ON_NODE", "8");
    assertEquals(OptionalInt.of(3), Allocation.cores(task));
    assertEquals(
        OptionalInt.of(8),
        Allocation.cores(Map.of("SLURM_JOB_ID", "1", "SLURM_CPUS_ON_NODE", "8")));
  }

  @Test
  void whatSomebodyBeginsWithinSallocIsNoTask() {
    assertFalse(Allocation.isTask(Map.of()));
    assertFalse(Allocation.isTask(Map.of("SLURM_JOB_ID", "1")));
    assertTrue(Allocation.isTask(Map.of("SLURM_JOB_ID", "1", "SLURM_ARRAY_TASK_ID", "0")));
  }

  @Test
  void outsideOfAJobNothingIsAllocated() {
    assertEquals(OptionalInt.empty(), Allocation.cores(Map.of("SLURM_CPUS_PER_TASK", "3")));
    assertEquals(
        OptionalInt.empty(),
        Allocation.cores(Map.of("SLURM_JOB_ID", "1", "SLURM_CPUS_PER_TASK", "2(x3)")));
    assertEquals("", Allocation.place(Map.of()));
    assertEquals(
        "node3, job 12",
        Allocation.place(Map.of("SLURM_JOB_ID", "12", "SLURMD_NODENAME", "node3")));
  }
}
