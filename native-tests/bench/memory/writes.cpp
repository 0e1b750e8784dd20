/* Appends that are on the device when the call returns, beside the device alone and SQLite alone. */
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "peer_sqlite.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

constexpr size_t preallocated_bytes = 16u << 20;
constexpr size_t page_bytes = 4096;

/* Bytes that this process has handed to write calls. */
double written_bytes()
{
    double bytes = 0;
    std::FILE *file = std::fopen("/proc/self/io", "r");
    char line[128];
    while (file && std::fgets(line, sizeof line, file)) {
        if (std::sscanf(line, "wchar: %lf", &bytes) == 1) {
            break;
        }
    }
    if (file) {
        std::fclose(file);
    }
    return bytes;
}

/* The device: overwrites a part of a file that has its length already, and waits until it is there. */
class bare_device {
public:
    explicit bare_device(const std::string &path) : file_(open(path.c_str(), O_RDWR | O_CREAT, 0600))
    {
        const std::vector<char> zeros(preallocated_bytes);
        must(file_ >= 0 && pwrite(file_, zeros.data(), zeros.size(), 0) == static_cast<ssize_t>(zeros.size()) && fsync(file_) == 0);
    }
    ~bare_device() { close(file_); }
    bare_device(const bare_device &) = delete;
    bare_device &operator=(const bare_device &) = delete;

    void write(size_t bytes)
    {
        const std::vector<char> data(bytes, 'x');
        at_ = at_ + bytes > preallocated_bytes ? 0 : at_;
        must(pwrite(file_, data.data(), bytes, static_cast<off_t>(at_)) == static_cast<ssize_t>(bytes) && fdatasync(file_) == 0);
        at_ += (bytes + page_bytes - 1) / page_bytes * page_bytes;
    }

private:
    static void must(bool good)
    {
        if (!good) {
            std::perror("bench_memory: device");
            std::exit(1);
        }
    }

    int file_;
    size_t at_ = 0;
};

struct way {
    const char *name;
    std::function<void(const prepared_rows &)> append;
    figures us, cpu_us; /* of each commit: until the call returned, and what of it was computing */
    double sum = 0, written = 0;
    size_t rows = 0;

    void run(const prepared_rows &some)
    {
        const double before = written_bytes();
        const uint64_t start = thread_cpu_ns();
        us.push_back(wall_us([&] { append(some); }));
        cpu_us.push_back(static_cast<double>(thread_cpu_ns() - start) / 1000);
        written += written_bytes() - before;
        sum += us.back();
        rows += some.count();
    }
    double bytes_a_commit() const { return written / static_cast<double>(us.size()); }
    double rows_a_second() const { return static_cast<double>(rows) / sum * 1e6; }
};

void print_way(const way &each)
{
    std::printf("  %-34s", each.name);
    put(each.rows_a_second(), 12, 0);
    put(quantile(each.us, 0.5), 10, 1);
    put(quantile(each.us, 0.95), 10, 1);
    put(quantile(each.us, 0.99), 10, 1);
    put(median(each.cpu_us), 10, 1);
    put(each.bytes_a_commit(), 14, 0);
    std::printf("\n");
    std::fflush(stdout);
}

/* Ways take turns, commit by commit. */
std::vector<way> compare_groups(const bench_plan &plan, size_t group, size_t commits)
{
    const scratch folder(plan.scratch_folder);
    const dataset data = make_clusters(4096, 0);
    ours none_file(folder.file("none.db"), metric::l2);
    ours group_file(folder.file("group.db"), metric::l2);
    ours sync_file(folder.file("sync.db"), metric::l2);
    const std::unique_ptr<plain_sqlite> full = open_sqlite(folder.file("full.db"), true), off = open_sqlite(folder.file("off.db"), false);
    bare_device device(folder.file("device"));
    std::vector<way> ways;
    ways.push_back({"ours, none", [&](const prepared_rows &some) { none_file.append(some, durability_none); }, {}, {}});
    ways.push_back({"ours, group", [&](const prepared_rows &some) { group_file.append(some, durability_group); }, {}, {}});
    ways.push_back({"ours, sync", [&](const prepared_rows &some) { sync_file.append(some, durability_sync); }, {}, {}});
    if (full) {
        ways.push_back({"SQLite, synchronous=FULL", [&](const prepared_rows &some) { full->append(some); }, {}, {}});
        ways.push_back({"SQLite, synchronous=OFF", [&](const prepared_rows &some) { off->append(some); }, {}, {}});
    }
    ways.push_back({"the device, as many bytes as ours", [&](const prepared_rows &) { device.write(static_cast<size_t>(ways[1].bytes_a_commit())); }, {}, {}});
    ways.push_back({"the device, the rows' own bytes", [&](const prepared_rows &some) { device.write(some.bytes()); }, {}, {}});
    for (way &each : ways) { /* the log reaches its full length before anything is measured */
        for (int i = 0; i < 3 && &each < &ways[ways.size() - 2]; i++) {
            each.append(prepared_rows(data, 0, group));
        }
    }
    for (size_t commit = 0; commit < commits; commit++) {
        const prepared_rows some(data, (commit + 3) * group, group);
        for (way &each : ways) {
            each.run(some);
        }
    }
    for (const way &each : ways) {
        print_way(each);
    }
    return ways;
}

const way *find(const std::vector<way> &ways, const std::string &name)
{
    for (const way &each : ways) {
        if (name == each.name) {
            return &each;
        }
    }
    return nullptr;
}

} // namespace

void compare_writes(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\n%-36s       rows/s       p50       p95       p99   CPU p50   bytes written\n%-36s                     us        us        us        us        a commit\n",
                "Append to a file, groups of 64", "");
    const std::vector<way> groups = compare_groups(plan, 64, plan.commits);
    std::printf("One by one\n");
    const std::vector<way> singles = compare_groups(plan, 1, plan.commits);
    const way *full = find(groups, "SQLite, synchronous=FULL"), *off = find(groups, "SQLite, synchronous=OFF"), *one = find(singles, "SQLite, synchronous=FULL");
    const auto add_rate = [&](const char *what, const way &own, const way *peer, bool judged) {
        const double rate = own.rows_a_second(), theirs = peer ? peer->rows_a_second() : none;
        rows.push_back({what, 64, "rows/s", 0, rate, peer ? peer->name : "", theirs, rate / theirs, judged ? ">= 150000" : "", judged ? judge(rate >= 150000) : verdict::open});
    };
    add_rate("append, groups, none", groups[0], off, false);
    add_rate("append, groups, group", groups[1], full, true);
    const double device = median(singles[singles.size() - 2].us);
    for (size_t i : {1, 2}) {
        const double own = median(singles[i].us);
        rows.push_back({i == 1 ? "single append, group" : "single append, sync", 1, "us p50", 1, own, "the device, same bytes", device, device / own, "<= 1.1 x the device",
                        judge(own <= 1.1 * device)});
    }
    if (one) {
        const double own = median(singles[1].us), theirs = median(one->us);
        rows.push_back({"single append, group", 1, "us p50", 1, own, one->name, theirs, theirs / own, "", verdict::open});
    }
}
