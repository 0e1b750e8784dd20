/* Memory of a row with its metadata. */
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

constexpr double bytes_a_row_goal = 400;

/* The most that the set itself adds is there before anything is measured. */
double grown(double before, size_t rows)
{
    return (resident_bytes() - before) / static_cast<double>(rows);
}

} // namespace

figures measure_resident(const std::string &whose, size_t rows, const std::string &path)
{
    constexpr size_t rows_a_call = 4096;
    const dataset data = make_clusters(rows, 1);
    figures answer(MEASURED, none);
    if (whose == "hnswlib") {
        const double before = resident_bytes();
        const std::unique_ptr<graph> peer = make_graph(data, metric::l2);
        answer[RESIDENT] = peer ? grown(before, rows) : none;
        return answer;
    }
    ours memory(path, metric::l2);
    const double before = resident_bytes();
    for (size_t from = 0; from < rows; from += rows_a_call) {
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
    struct {
        const char *key, *title;
        std::string path;
    } const ways[] = {{"ours", "ours, with a file", folder.file("ours.db")}, {"ours", "ours, in the process (documents too)", ""}, {"hnswlib", "hnswlib, without metadata", ""}};
    figures measured[3];
    for (size_t i = 0; i < 3; i++) {
        measured[i] = ask_worker({"resident", ways[i].key, std::to_string(size), ways[i].path});
        measured[i].resize(MEASURED, none);
        std::printf("  %-52s", ways[i].title);
        put(measured[i][RESIDENT], 16, 0);
        put(measured[i][INDEX], 15, 0);
        std::printf("\n");
        std::fflush(stdout);
    }
    const double peer = measured[2][RESIDENT];
    for (size_t i = 0; i < 2; i++) {
        const double own = measured[i][RESIDENT];
        rows.push_back({std::string("memory, ") + (i == 0 ? "with a file" : "in the process"), size, "bytes/row", 0, own, std::isnan(peer) ? "" : ways[2].title, peer, peer / own,
                        at_most(bytes_a_row_goal), judge(own <= bytes_a_row_goal)});
    }
}
