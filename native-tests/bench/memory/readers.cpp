/* Four readers and one writer on the same file. */
#include <atomic>
#include <cstdio>
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "ours.hpp"
#include "peer_graph.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

constexpr size_t readers = 4, group = 64, graph_rows_a_second_at_most = 100000;

struct throughput {
    double searches = 0, rows = 0; /* a second */
};

throughput run_threads(double seconds, const std::function<void(size_t)> &search, const std::function<void(size_t)> &append)
{
    std::atomic<bool> over(false);
    std::atomic<size_t> searches(0), rows(0);
    std::vector<std::thread> threads;
    const uint64_t start = wall_ns();
    for (size_t reader = 0; reader < readers; reader++) {
        threads.emplace_back([&, reader] {
            for (size_t i = reader; !over; i++) {
                search(i);
                searches++;
            }
        });
    }
    if (append) {
        threads.emplace_back([&] {
            for (size_t i = 0; !over; i++) {
                append(i);
                rows += group;
            }
        });
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    over = true;
    for (std::thread &thread : threads) {
        thread.join();
    }
    const double passed = static_cast<double>(wall_ns() - start) / 1e9;
    return {static_cast<double>(searches) / passed, static_cast<double>(rows) / passed};
}

void show(const char *what, size_t rows, const throughput &measured)
{
    std::printf("  %-46s %9s", what, grouped(rows).c_str());
    put(measured.searches, 14, 0);
    put(measured.rows, 14, 0);
    std::printf("\n");
    std::fflush(stdout);
}

/* hnswlib allows no search while a row is added: a lock, as its users have it. */
throughput run_graph(graph &peer, const dataset &data, double seconds, bool with_writer)
{
    std::shared_mutex lock;
    std::atomic<size_t> next(data.rows);
    peer.set_effort(40);
    const auto search = [&](size_t i) {
        std::shared_lock<std::shared_mutex> shared(lock);
        peer.rows_of(data.query(i % data.queries), neighbours);
    };
    const auto append = [&](size_t) {
        std::unique_lock<std::shared_mutex> alone(lock);
        for (size_t i = 0; i < group; i++) {
            const size_t row = next++;
            peer.add(data.row(row % data.rows), row);
        }
    };
    return run_threads(seconds, search, with_writer ? std::function<void(size_t)>(append) : nullptr);
}

} // namespace

void measure_threads(const bench_plan &plan, goal_rows &rows)
{
    const scratch folder(plan.scratch_folder);
    const size_t size = plan.sizes.front();
    const dataset data = make_clusters(size, plan.queries);
    ours memory(folder.file("threads.db"), metric::l2);
    memory.append_all(data);
    std::printf("\n%-48s %9s     searches/s  appended rows/s\n", "Four readers (k = 10), and a writer (groups of 64)", "rows");
    std::printf("  %u processors\n", std::thread::hardware_concurrency());
    const auto search = [&](size_t i) {
        rancog_hit hits[neighbours];
        memory.search(data.query(i % data.queries), neighbours, nullptr, hits);
    };
    const auto append = [&](durability promise) {
        return [&, promise](size_t i) { memory.append(prepared_rows(data, data.rows + i * group, group), promise); };
    };
    const throughput alone = run_threads(plan.thread_seconds, search, nullptr);
    show("ours, readers alone", size, alone);
    const throughput durable = run_threads(plan.thread_seconds, search, append(durability_group));
    show("ours, with a writer, group", size, durable);
    show("ours, with a writer, none", size, run_threads(plan.thread_seconds, search, append(durability_none)));
    throughput theirs = {none, none};
    const size_t spare_rows = static_cast<size_t>(plan.thread_seconds * 2 + 1) * graph_rows_a_second_at_most;
    if (const std::unique_ptr<graph> peer = make_graph(data, metric::l2, spare_rows)) {
        show("hnswlib (ef 40), readers alone, under a lock", size, run_graph(*peer, data, plan.thread_seconds, false));
        theirs = run_graph(*peer, data, plan.thread_seconds, true);
        show("hnswlib (ef 40), with a writer, nothing kept", size, theirs);
    }
    rows.push_back({"4 readers beside a durable writer", size, "searches/s", 0, durable.searches, std::isnan(theirs.searches) ? "" : "hnswlib, ef 40, a lock", theirs.searches,
                    durable.searches / theirs.searches, "", verdict::open});
    rows.push_back({"the writer beside 4 readers, group", size, "rows/s", 0, durable.rows, std::isnan(theirs.rows) ? "" : "hnswlib, a lock, not durable", theirs.rows,
                    durable.rows / theirs.rows, "", verdict::open});
}
