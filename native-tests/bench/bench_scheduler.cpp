/* Our scheduler, called through the C ABI, and other timer queues side by side in one run.
 *   bench_scheduler [--quick]
 * It takes about 3 minutes, with --quick less than 30 s. */
#include <cstdio>
#include <cstring>

#include "goals.hpp"
#include "scheduler/comparison.hpp"
#include "scheduler/hand_over.hpp"
#include "scheduler/lateness.hpp"
#include "scheduler/worker.hpp"
#include "table.hpp"

namespace {

struct size_plan {
    size_t pending, rounds;
    double patience_seconds; /* with a peer, in one round */
    bool with_peers;
    double hold_ns, schedule_ns, cancel_ns, millions_a_second; /* goals */
};

struct steady_plan {
    const char *engine;
    uint64_t operations;
};

struct plan {
    std::vector<size_plan> sizes;
    std::vector<size_t> memory_sizes;
    std::vector<steady_plan> steady;
    size_t lateness_rounds, lateness_periods;
    size_t hand_over_rounds, hand_over_tasks; /* of each producer */
};

const plan whole = {
    {{1000, 5, 0.7, true, 25, 12, 10, 30},
     {100000, 5, 0.7, true, 40, 14, 10, 20},
     {1000000, 3, 4, true, 75, 25, 10, 10},
     {10000000, 1, 0, false, none, none, none, none}},
    {1000000, 10000000}, {{"ours-calls", 50000000}, {"ours-data", 10000000}, {"ours-batches", 10000000}}, 3, 1000, 3, 100000};

const plan quick = {
    {{1000, 3, 0.5, true, 25, 12, 10, 30}, {100000, 2, 0.5, true, 40, 14, 10, 20}},
    {100000}, {{"ours-calls", 2000000}, {"ours-data", 1000000}, {"ours-batches", 1000000}}, 1, 500, 1, 50000};

constexpr double bytes_a_task_goal = 64;

/* ---- operations ---- */

void add_operation(std::vector<goal_row> &rows, const comparison &all, const char *what, const char *ours, operation measured, double goal)
{
    const engine_entry *peer = all.best_peer(measured);
    const bool rate = measured == operation::schedule_and_run;
    const auto shown = [rate](double ns) { return rate ? 1000 / ns : ns; };
    goal_row row = {what, all.pending, rate ? "M/s" : "ns", rate ? 2 : 1, shown(all.typical(ours, measured)), "", none, none,
                    rate ? at_least(goal) : at_most(goal), verdict::open};
    if (peer) {
        row.peer = peer->title;
        row.peer_value = shown(all.typical(peer->key, measured));
        row.ratio = all.ratio(ours, peer->key, measured);
    }
    if (!std::isnan(goal)) {
        row.reached = judge(rate ? row.ours >= goal : row.ours <= goal);
    }
    rows.push_back(row);
}

void compare_operations(const plan &todo, std::vector<goal_row> &rows)
{
    for (const size_plan &size : todo.sizes) {
        comparison all(size.pending, size.with_peers);
        all.run(size.rounds, size.patience_seconds);
        all.print();
        add_operation(rows, all, "hold, one by one", "ours-calls", operation::hold, size.hold_ns);
        add_operation(rows, all, "hold, batches of 256", "ours-batches", operation::hold, size.hold_ns);
        add_operation(rows, all, "schedule, one by one", "ours-calls", operation::schedule, size.schedule_ns);
        add_operation(rows, all, "schedule, batches of 256", "ours-batches", operation::schedule, size.schedule_ns);
        add_operation(rows, all, "cancel", "ours-calls", operation::cancel, size.cancel_ns);
        add_operation(rows, all, "schedule + run, one by one", "ours-calls", operation::schedule_and_run, size.millions_a_second);
        add_operation(rows, all, "schedule + run, batches of 256", "ours-batches", operation::schedule_and_run, size.millions_a_second);
        const double wrong = std::fmax(all.out_of_order("ours-data"), all.out_of_order("ours-batches"));
        rows.push_back({"out of order", size.pending, "in 10^6", 0, wrong, "", none, none, "0", judge(wrong == 0)});
    }
}

/* ---- memory ---- */

void compare_memory(const plan &todo, std::vector<goal_row> &rows)
{
    std::printf("\nMemory, bytes of RAM a pending task\n");
    for (size_t pending : todo.memory_sizes) {
        goal_row row = {"memory without payload", pending, "bytes", 1, none, "", none, none, at_most(bytes_a_task_goal), verdict::missed};
        for (const engine_entry &entry : engines()) {
            if (!entry.ours && pending > 1000000) {
                continue;
            }
            const double bytes = median(ask_worker({"memory", entry.key, std::to_string(pending), "1"}));
            std::printf("  %-34s %11s pending %s\n", entry.title, grouped(pending).c_str(), cell(bytes, 9, 1).c_str());
            std::fflush(stdout);
            if (std::strcmp(entry.key, "ours-calls") == 0) {
                row.ours = bytes;
                row.reached = judge(bytes <= bytes_a_task_goal);
            } else if (!entry.ours && !(bytes > row.peer_value)) {
                row.peer = entry.title;
                row.peer_value = bytes;
            }
        }
        row.ratio = row.peer_value / row.ours;
        rows.push_back(row);
    }
}

void watch_steady_memory(const plan &todo, std::vector<goal_row> &rows)
{
    const size_t pending = 100000;
    std::printf("\nMemory while %s are held     in a first million operations, then, KB             in\n", grouped(pending).c_str());
    for (const steady_plan &steady : todo.steady) {
        const char *title = find_engine(steady.engine)->title;
        figures grown = ask_worker({"steady", steady.engine, std::to_string(pending), "1", std::to_string(steady.operations)});
        grown.resize(3, none);
        std::printf("  %-34s", title);
        put(grown[0] / 1024, 31, 0);
        put(grown[1] / 1024, 9, 0);
        std::printf(" %14s operations\n", grouped(steady.operations).c_str());
        const double a_task = grown[1] / static_cast<double>(steady.operations);
        rows.push_back({std::string("growth, ") + title, pending, "bytes/task", 3, a_task, "", none, none, "0", judge(a_task < 0.01)});
    }
    std::printf("  (The C ABI tells nothing of the garbage collector. An object a task, 24 bytes or more, would be 24 MB of garbage in the first\n"
                "  million, which shows until its youngest generation has been filled once; after that only what is kept shows.)\n");
    std::fflush(stdout);
}

/* ---- real time ---- */

void print_histogram(const std::vector<figures> &late)
{
    constexpr double bounds_us[] = {0.2, 1, 5, 20, 50, 75, 100, 200, 1000};
    std::printf("  %-36s", "per cent of the periods, late by us");
    for (double bound : bounds_us) {
        std::printf(" %9s", ("< " + cell(bound, 0, bound < 1 ? 1 : 0)).c_str());
    }
    std::printf(" %9s\n", "more");
    for (size_t i = 0; i < late.size(); i++) {
        const double all = static_cast<double>(late[i].size());
        double below = 0;
        std::printf("  %-36s", lateness_ways()[i].title);
        for (double bound : bounds_us) {
            const auto earlier = [bound](double ns) { return ns < bound * 1000; };
            const auto under = static_cast<double>(std::count_if(late[i].begin(), late[i].end(), earlier));
            put((under - below) / all * 100, 9, 2);
            below = under;
        }
        put((all - below) / all * 100, 9, 2);
        std::printf("\n");
    }
}

void compare_lateness(const plan &todo, std::vector<goal_row> &rows)
{
    const std::vector<lateness_way> &ways = lateness_ways();
    std::vector<figures> late(ways.size());
    for (size_t round = 0; round < todo.lateness_rounds; round++) {
        for (size_t i = 0; i < ways.size(); i++) {
            const figures more = ask_worker({"lateness", ways[i].key, std::to_string(todo.lateness_periods)});
            late[i].insert(late[i].end(), more.begin(), more.end());
        }
    }
    std::printf("\nLateness of a task every ms, us %13s %10s %10s %10s %10s\n", "periods", "p50", "p99", "p99.9", "max");
    const lateness_way *bare = nullptr;
    double bare_p50 = none;
    for (size_t i = 0; i < ways.size(); i++) {
        std::printf("  %-32s %9zu", ways[i].title, late[i].size());
        for (double p : {0.5, 0.99, 0.999, 1.0}) {
            put(quantile(late[i], p) / 1000, 10, 3);
        }
        std::printf("\n");
        const double p50 = quantile(late[i], 0.5) / 1000;
        if (!ways[i].ours) {
            bare = &ways[i];
            bare_p50 = p50;
        } else {
            rows.push_back({std::string("lateness p50, ") + ways[i].title, 0, "us", 3, p50, bare ? bare->title : "", bare_p50, bare_p50 / p50,
                            "as the clock allows", verdict::open});
        }
    }
    print_histogram(late);
    std::fflush(stdout);
}

void compare_hand_over(const plan &todo, std::vector<goal_row> &rows)
{
    const std::vector<hand_over_way> &ways = hand_over_ways();
    std::vector<figures> rates(ways.size()), right(ways.size()), refused(ways.size());
    for (size_t round = 0; round < todo.hand_over_rounds; round++) {
        for (size_t i = 0; i < ways.size(); i++) {
            figures answer = ask_worker({"hand-over", ways[i].key, std::to_string(todo.hand_over_tasks)});
            answer.resize(HANDED_OVER, none);
            rates[i].push_back(answer[SCHEDULED] / answer[WALL_NS] * 1000);
            right[i].push_back(answer[SCHEDULED] == answer[EXECUTED] && answer[SUM_RIGHT] == 1);
            refused[i].push_back(answer[REFUSED]);
        }
    }
    std::printf("\nHand-over, %zu threads schedule %s tasks each, one runs them\n", producers, grouped(todo.hand_over_tasks).c_str());
    for (size_t i = 0; i < ways.size(); i++) {
        std::printf("  %-34s", ways[i].title);
        put(median(rates[i]), 9, 2);
        std::printf(" M tasks/s   each executed once: %-3s  found the queue full:", quantile(right[i], 0) == 1 ? "yes" : "NO");
        put(median(refused[i]), 0, 0);
        std::printf("\n");
    }
    const size_t peer = ways.size() - 1;
    for (size_t i = 0; i < peer; i++) {
        const double ours = median(rates[i]), theirs = median(rates[peer]);
        rows.push_back({std::string("hand-over, ") + ways[i].title, 0, "M/s", 2, ours, ways[peer].title, theirs, ours / theirs, "counts exact",
                        judge(quantile(right[i], 0) == 1)});
    }
    std::fflush(stdout);
}

/* ---- the run ---- */

void explain()
{
    std::printf("Scheduler: CPU time of the thread, medians of rounds in which the engines take turns, each in a process of its own, same seeds.\n"
                "  schedule, expire: N timers at random due times, then run until none is left. cancel: all N in random order.\n"
                "  hold: N stay pending; each that runs schedules the next. Ours crosses the C ABI, calls a handler for each task and keeps the\n"
                "  exact order of time, priority and arrival; the peers are compiled in, and order as far as their time resolves (last column).\n"
                "  A slow peer is not run in every round.\n"
                "  Peers without virtual time run in real time, with more due than they can run; their order is held against the clock.\n");
    for (const std::string &peer : missing_peers()) {
        std::printf("  left out, not found when this was compiled: %s\n", peer.c_str());
    }
}

int run(const plan &todo)
{
    std::vector<goal_row> rows;
    explain();
    compare_operations(todo, rows);
    compare_memory(todo, rows);
    watch_steady_memory(todo, rows);
    compare_lateness(todo, rows);
    compare_hand_over(todo, rows);
    print_goals(rows, "pending");
    std::printf("  (ratio: above 1 ours is better. The goals of hold are meant inside the library; here it is measured through the ABI.)\n");
    const bool all_measured = std::none_of(rows.begin(), rows.end(), [](const goal_row &row) { return std::isnan(row.ours); });
    return all_measured ? 0 : 1;
}

} // namespace

int main(int count, char **arguments)
{
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (!words.empty() && words[0] == "--worker") {
        return work({words.begin() + 1, words.end()});
    }
    return run(std::find(words.begin(), words.end(), "--quick") != words.end() ? quick : whole);
}
