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
constexpr size_t graph_rows = 20000; /* hnswlib's time to build is shown a row */

enum { READY_US, SEARCHED_US, LOADED };

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
    figures answer(3, none);
    if (whose == "ours") {
        const dataset data = make_clusters(1, 1);
        std::unique_ptr<ours> memory;
        answer[READY_US] = wall_us([&] { memory = std::make_unique<ours>(path, metric::l2); });
        answer[SEARCHED_US] = wall_us([&] { memory->rows_of(data.query(0), 1, nullptr); });
        answer[LOADED] = memory->stat("episodes");
    } else {
        answer[READY_US] = wall_us([&] { answer[LOADED] = static_cast<double>(open_sqlite(path, false)->load()); });
    }
    return answer;
}

void compare_reload(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\n%-36s %9s       rows/s   of it the first search\n", "Reload (the file is in the page cache)", "rows");
    for (size_t size : plan.reload_sizes) {
        const scratch folder(plan.scratch_folder);
        const std::string own_path = folder.file("ours.db"), peer_path = folder.file("sqlite.db");
        write_files(own_path, peer_path, size);
        figures own, peer;
        for (size_t round = 0; round < 3; round++) {
            for (const char *whose : {"ours", "sqlite"}) {
                if (whose[0] == 's' && !std::filesystem::exists(peer_path)) {
                    continue;
                }
                const figures answer = ask_worker({"reload", whose, whose[0] == 'o' ? own_path : peer_path});
                const bool whole = answer.size() == 3 && answer[LOADED] == static_cast<double>(size);
                (whose[0] == 'o' ? own : peer).push_back(whole ? static_cast<double>(size) / (answer[READY_US] + (whose[0] == 'o' ? answer[SEARCHED_US] : 0)) * 1e6 : none);
                if (whose[0] == 'o' && round == 0 && whole) {
                    std::printf("  %-34s %9s  first: open %.1f ms, search %.1f ms, file %.1f MB\n", "ours", grouped(size).c_str(), answer[READY_US] / 1000, answer[SEARCHED_US] / 1000,
                                static_cast<double>(std::filesystem::file_size(own_path)) / 1e6);
                }
            }
        }
        for (const auto &line : {std::make_pair("ours", median(own)), std::make_pair("SQLite, row by row into arrays", median(peer))}) {
            std::printf("  %-34s %9s", line.first, grouped(size).c_str());
            put(line.second, 12, 0);
            std::printf("\n");
        }
        std::fflush(stdout);
        rows.push_back({"reload", size, "rows/s", 0, median(own), std::isnan(median(peer)) ? "" : "SQLite, row by row", median(peer), median(own) / median(peer), ">= 2000000",
                        judge(median(own) >= 2e6)});
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
