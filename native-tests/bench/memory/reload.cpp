/* Opening a file that is there: until the first search has been answered. */
#include <cstdio>

#include "ask_worker.hpp"
#include "peer_graph.hpp"
#include "peer_sqlite.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

constexpr size_t rows_a_call = 8192;
constexpr size_t distinct_vectors = 65536;
constexpr size_t graph_rows = 10000; /* hnswlib's time to build is shown a row */

enum { READY_US, SEARCHED_US, CPU_US, LOADED, MEASURED };

void write_files(const std::string &own_path, const std::string &peer_path, size_t rows)
{
    const dataset data = make_clusters(std::min(rows, distinct_vectors), 0);
    ours own(own_path, metric::l2);
    const std::unique_ptr<plain_sqlite> peer = open_sqlite(peer_path, false);
    for (size_t from = 0; from < rows; from += rows_a_call) {
        const prepared_rows some(data, from, std::min(rows_a_call, rows - from));
        own.append(some, durability_none);
        if (peer) {
            peer->append(some);
        }
    }
}

} // namespace

figures measure_reload(const std::string &whose, const std::string &path)
{
    figures answer(MEASURED, none);
    const uint64_t start = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    if (whose == "ours") {
        const dataset data = make_clusters(1, 1);
        std::unique_ptr<ours> memory;
        answer[READY_US] = wall_us([&] { memory = std::make_unique<ours>(path, metric::l2); });
        answer[SEARCHED_US] = wall_us([&] { memory->rows_of(data.query(0), 1, nullptr); });
        answer[CPU_US] = static_cast<double>(read_clock(CLOCK_PROCESS_CPUTIME_ID) - start) / 1000;
        answer[LOADED] = memory->stat("episodes");
    } else {
        answer[READY_US] = wall_us([&] { answer[LOADED] = static_cast<double>(open_sqlite(path, false)->load()); });
        answer[SEARCHED_US] = 0;
        answer[CPU_US] = static_cast<double>(read_clock(CLOCK_PROCESS_CPUTIME_ID) - start) / 1000;
    }
    return answer;
}

void compare_reload(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\n%-36s %9s       rows/s   by CPU time   the first search, ms      file, MB\n", "Reload (the file is in the page cache)", "rows");
    for (size_t size : plan.reload_sizes) {
        const scratch folder(plan.scratch_folder);
        const std::string paths[] = {folder.file("ours.db"), folder.file("sqlite.db")};
        write_files(paths[0], paths[1], size);
        figures wall[2], cpu[2], search[2];
        for (size_t round = 0; round < 3; round++) {
            for (size_t whose : {0, 1}) {
                if (std::filesystem::exists(paths[whose])) {
                    const figures answer = ask_worker({"reload", whose ? "sqlite" : "ours", paths[whose]});
                    const bool whole = answer.size() == MEASURED && answer[LOADED] == static_cast<double>(size);
                    wall[whose].push_back(whole ? static_cast<double>(size) / (answer[READY_US] + answer[SEARCHED_US]) * 1e6 : none);
                    cpu[whose].push_back(whole ? static_cast<double>(size) / answer[CPU_US] * 1e6 : none);
                    search[whose].push_back(whole ? answer[SEARCHED_US] / 1000 : none);
                }
            }
        }
        for (size_t whose : {0, 1}) {
            std::error_code missing;
            const double bytes = static_cast<double>(std::filesystem::file_size(paths[whose], missing));
            std::printf("  %-34s %9s", whose ? "SQLite, row by row into arrays" : "ours, and one search", grouped(size).c_str());
            put(median(wall[whose]), 12, 0);
            put(median(cpu[whose]), 13, 0);
            put(whose ? none : median(search[whose]), 22, 1);
            put(missing ? none : bytes / 1e6, 13, 1);
            std::printf("\n");
        }
        std::fflush(stdout);
        const double own = median(wall[0]), theirs = median(wall[1]);
        rows.push_back({"reload", size, "rows/s", 0, own, std::isnan(theirs) ? "" : "SQLite, row by row", theirs, own / theirs, ">= 2000000", judge(own >= 2e6)});
    }
    const dataset data = make_clusters(graph_rows, 0);
    std::unique_ptr<graph> built;
    const double us = wall_us([&] { built = make_graph(data, metric::l2); });
    if (built) {
        std::printf("  %-34s %9s", "hnswlib, built anew by all cores", grouped(graph_rows).c_str());
        put(static_cast<double>(graph_rows) / us * 1e6, 12, 0);
        std::printf("\n");
    }
}
