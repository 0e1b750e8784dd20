/* Memory of a row with its metadata. */
#include <algorithm>
#include <cstdio>

#include "ask_worker.hpp"
#include "ours.hpp"
#include "peer_graph.hpp"
#include "resident.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

enum { RESIDENT, INDEX, MEASURED };

constexpr size_t rows_a_call = 4096;
constexpr size_t graph_rows = 20000; /* hnswlib takes the same for each row, and half a millisecond to add it */

constexpr double bytes_a_row_goal = 400;

double grown(double before, size_t rows)
{
    return (resident_bytes() - before) / static_cast<double>(rows);
}

/* What every process with a memory takes, however many rows: code, heaps, what the allocator keeps. */
void warm_up(const dataset &data)
{
    ours memory("", metric::l2);
    memory.append(prepared_rows(data, 0, 1), durability_none);
    memory.rows_of(data.query(0), 1, nullptr);
    prepared_rows(data, 0, std::min(rows_a_call, data.rows));
}

} // namespace

figures measure_resident(const std::string &whose, size_t rows, const std::string &path)
{
    const dataset data = make_clusters(rows, 1);
    figures answer(MEASURED, none);
    warm_up(data);
    double before = resident_bytes();
    if (whose == "hnswlib") {
        dataset first = data;
        first.rows = 1;
        before = resident_bytes();
        const std::unique_ptr<graph> smallest = make_graph(first, metric::l2); /* its locks are as many for one row */
        const double fixed = grown(before, rows);
        const std::unique_ptr<graph> peer = make_graph(data, metric::l2);
        answer[RESIDENT] = peer ? grown(before, rows) - 2 * fixed : none;
        return answer;
    }
    ours memory(path, metric::l2);
    for (size_t from = 0; whose == "ours" && from < rows; from += rows_a_call) {
        memory.append(prepared_rows(data, from, std::min(rows_a_call, rows - from)), durability_none);
    }
    memory.rows_of(data.query(0), 1, nullptr);
    answer[RESIDENT] = grown(before, rows);
    answer[INDEX] = memory.stat("index_bytes") / static_cast<double>(rows);
    return answer;
}

void compare_memory(const bench_plan &plan, goal_rows &rows)
{
    const scratch folder(plan.scratch_folder);
    const size_t size = plan.sizes.back();
    std::printf("\nMemory, bytes a row with metadata, %s rows     growth of the process     index_bytes\n", grouped(size).c_str());
    const std::string path = folder.file("ours.db");
    struct {
        const char *key, *title;
        std::string path;
        size_t rows;
    } const ways[] = {{"ours", "with a file, after the appends", path, size},
                      {"reopened", "with a file, opened again", path, size},
                      {"ours", "in the process, documents too", "", size},
                      {"hnswlib", "hnswlib, without metadata", "", std::min(size, graph_rows)}};
    constexpr size_t peer = 3;
    figures measured[peer + 1];
    for (size_t i = 0; i <= peer; i++) {
        measured[i] = ask_worker({"resident", ways[i].key, std::to_string(ways[i].rows), ways[i].path});
        measured[i].resize(MEASURED, none);
        std::printf("  %-52s", ways[i].title);
        put(measured[i][RESIDENT], 16, 0);
        put(measured[i][INDEX], 15, 0);
        std::printf("\n");
        std::fflush(stdout);
    }
    const double theirs = measured[peer][RESIDENT];
    for (size_t i = 0; i < peer; i++) {
        const double own = measured[i][RESIDENT];
        rows.push_back({std::string("memory, ") + ways[i].title, size, "bytes/row", 0, own, std::isnan(theirs) ? "" : ways[peer].title, theirs, theirs / own,
                        at_most(bytes_a_row_goal), judge(own <= bytes_a_row_goal)});
    }
}
