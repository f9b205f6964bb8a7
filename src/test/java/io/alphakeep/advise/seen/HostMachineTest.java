package io.alphakeep.advise.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory and processors of a server on this host, with what its control groups leave of them. */
class HostMachineTest {

    private static final long GIB = 1L << 30;

    @TempDir
    Path root;

    @BeforeEach
    void server() throws IOException {
        write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 5 kB\n");
        write("sys/devices/system/cpu/online", "0-5,8-9\n");
        write("proc/42/comm", "postgres\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void is(long memory, int cpus) {
        Machine machine = new HostMachine(root).of(42);
        assertThat(machine.memoryBytes()).hasValue(memory);
        assertThat(machine.cpus()).hasValue(cpus);
    }

    @Test
    void withoutAControlGroupItIsTheMachine() throws IOException {
        is(16 * GIB, 8);
        write("proc/42/cgroup", "0::/system.slice/postgresql.service\n");
        is(16 * GIB, 8);
    }

    @Test
    void theTightestOfAllLevelsCounts() throws IOException {
        write("proc/42/cgroup", "0::/pods/one\n");
        write("sys/fs/cgroup/pods/one/memory.max", "max\n");
        write("sys/fs/cgroup/pods/one/cpu.max", "250000 100000\n");
        write("sys/fs/cgroup/pods/memory.max", (2 * GIB) + "\n");
        write("sys/fs/cgroup/pods/cpu.max", "max 100000\n");
        is(2 * GIB, 3);
    }

    @Test
    void controlGroupsOfTheFirstVersion() throws IOException {
        write("proc/42/cgroup", "5:memory:/docker/a\n4:cpu,cpuacct:/docker/a\n0::/\n");
        // Inside of a container the mount is the container's own group, whatever its path on the host.
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", GIB + "\n");
        write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n");
        write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        is(GIB, 1);
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        is(16 * GIB, 8);
    }

    /** Of the server's groups, not of ours: this program may be held to one processor beside a server that has eight. */
    @Test
    void theProcessorsThatTheServerIsHeldTo() throws IOException {
        write("proc/42/cgroup", "0::/pods/one\n");
        write("sys/fs/cgroup/cpuset.cpus.effective", "0-5,8-9\n");
        write("sys/fs/cgroup/pods/cpuset.cpus.effective", "0-2,8\n");
        is(16 * GIB, 4);
        write("sys/fs/cgroup/pods/one/cpuset.cpus", "\n");
        write("sys/fs/cgroup/pods/one/cpuset.cpus.effective", "8\n");
        is(16 * GIB, 1);
        write("proc/42/cgroup", "3:cpuset:/docker/a\n");
        write("sys/fs/cgroup/cpuset/cpuset.cpus", "0-5,8-9\n");
        write("sys/fs/cgroup/cpuset/docker/a/cpuset.cpus", "4,5\n");
        is(16 * GIB, 2);
        write("sys/devices/system/cpu/online", "0\n");
        is(16 * GIB, 1);
    }

    @Test
    void aServerThatIsNotHereIsNotGuessed() throws IOException {
        assertThat(new HostMachine(root).of(43)).isEqualTo(Machine.UNKNOWN);
        write("proc/43/comm", "java\n");
        assertThat(new HostMachine(root).of(43)).isEqualTo(Machine.UNKNOWN);
    }
}
