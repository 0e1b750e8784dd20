/* Our memory, called through the C ABI, beside hnswlib, SQLite alone, a plain scan and the device, in one run.
 *   bench_memory [--quick] [--rows N] [--data FOLDER] [--dir FOLDER]
 * --rows: sets of so many rows only. --data: CSV files of series for the windows of telemetry. --dir: where files are written, on the device to be measured. */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#include "memory/sections.hpp"

namespace {

const bench_plan whole = {false, {10000, 100000}, 100000, 300, 5, 25, 300, {100000, 1000000}, 3, "", "."};
const bench_plan quick = {true, {10000, 100000}, 10000, 150, 3, 5, 100, {100000}, 0.5, "", "."};

void explain(const bench_plan &plan)
{
    std::printf("Memory: 64 dimensions. Searches: CPU time of the thread, one at a time, medians of %zu rounds in which the engines take turns. Writes: wall time.\n"
                "  clusters: normal, deviation 0.3, around centres of deviation 1. isotropic: normal. telemetry: windows of 64 samples of real series in %s.\n"
                "  Every row has a cell, a time, a reward, success and a document with metadata. Filters by hnswlib: all other rows marked as deleted, which\n"
                "  its search loop treats as a filter would; the marks are set before the time is taken.\n",
                plan.rounds, plan.telemetry_folder.c_str());
#ifndef BENCH_HNSWLIB
    std::printf("  left out, not found when this was compiled: hnswlib (Debian: libhnswlib-dev)\n");
#endif
#ifndef BENCH_SQLITE
    std::printf("  left out, not found when this was compiled: SQLite alone (Debian: libsqlite3-dev)\n");
#endif
    std::fflush(stdout);
}

int run(const bench_plan &plan)
{
    goal_rows rows;
    explain(plan);
    compare_searches(plan, rows);
    compare_writes(plan, rows);
    compare_reload(plan, rows);
    compare_memory(plan, rows);
    measure_json(plan, rows);
    measure_threads(plan, rows);
    print_goals(rows, "rows");
    std::printf("  (ratio: above 1 ours is better.)\n");
    return 0;
}

/* The worker's side of ask_worker. */
int work(int count, char **words)
{
    figures answer;
    if (count == 3 && std::strcmp(words[0], "reload") == 0) {
        answer = measure_reload(words[1], words[2]);
    } else if (count == 4 && std::strcmp(words[0], "resident") == 0) {
        answer = measure_resident(words[1], std::strtoull(words[2], nullptr, 10), words[3]);
    }
    for (double figure : answer) {
        std::printf("%.17g\n", figure);
    }
    return answer.empty() ? 1 : 0;
}

} // namespace

int main(int count, char **arguments)
{
    if (count > 1 && std::strcmp(arguments[1], "--worker") == 0) {
        return work(count - 2, arguments + 2);
    }
    bench_plan plan = whole;
    size_t rows = 0;
    std::string data = BENCH_TELEMETRY, folder = ".";
    for (int i = 1; i < count; i++) {
        if (std::strcmp(arguments[i], "--quick") == 0) {
            plan = quick;
        } else if (i + 1 < count && std::strcmp(arguments[i], "--rows") == 0) {
            rows = std::strtoull(arguments[++i], nullptr, 10);
        } else if (i + 1 < count && std::strcmp(arguments[i], "--data") == 0) {
            data = arguments[++i];
        } else if (i + 1 < count && std::strcmp(arguments[i], "--dir") == 0) {
            folder = arguments[++i];
        } else {
            std::fprintf(stderr, "bench_memory: unknown option %s\n", arguments[i]);
            return 2;
        }
    }
    if (rows >= 1000) {
        plan.sizes = {rows};
    } else if (rows > 0) {
        std::fprintf(stderr, "bench_memory: --rows: at least 1000\n");
        return 2;
    }
    plan.telemetry_folder = data;
    plan.scratch_folder = folder;
    return run(plan);
}
