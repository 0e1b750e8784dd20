#include <algorithm>
#include <cstdio>

#include "filters.hpp"
#include "ours.hpp"
#include "peer_graph.hpp"
#include "peer_scan.h"
#include "sections.hpp"
#include "table.hpp"
#include "telemetry.hpp"
#include "timing.hpp"

namespace {

constexpr double wanted_recall = 0.99;
constexpr size_t efforts[] = {10, 20, 40, 80, 160, 320, 640};
constexpr size_t truth_queries = 100;
constexpr size_t memory_bytes = 256u << 20;

/* Which rows pass, and the distances of one query: what recall is judged by. */
using row_test = std::function<bool(size_t)>;

struct graph_figures {
    size_t ef = 0;
    double recall = none;
    query_times times;
};

double search_goal(size_t rows)
{
    return rows == 10000 ? 12 : rows == 100000 ? 100 : none;
}

std::vector<dataset> sets_of(const bench_plan &plan, size_t rows)
{
    std::vector<dataset> sets;
    sets.push_back(make_clusters(rows, plan.queries, 100));
    if (!plan.quick) {
        sets.push_back(make_clusters(rows, plan.queries, 10));
    }
    sets.push_back(make_isotropic(rows, plan.queries));
    sets.push_back(make_telemetry(plan.telemetry_folder, rows, plan.queries));
    const size_t found = sets.back().rows;
    if (found < rows / 2) { /* as many as the smaller set has, or none worth the time */
        std::printf("  left out: %s windows of telemetry, the series in %s give %s (--data FOLDER names others)\n", grouped(rows).c_str(), plan.telemetry_folder.c_str(),
                    grouped(found).c_str());
        sets.pop_back();
    }
    return sets;
}

/* The least effort that finds what is wanted; the greatest when none does. */
graph_figures choose_effort(graph &peer, const dataset &data, const std::vector<std::vector<double>> &truth, size_t queries, const row_test &passes)
{
    queries = std::min(queries, truth.size());
    figures kth;
    for (size_t i = 0; i < queries; i++) {
        kth.push_back(kth_distance(truth[i], passes, neighbours));
    }
    graph_figures chosen;
    for (size_t ef : efforts) {
        size_t found = 0;
        peer.set_effort(ef);
        for (size_t i = 0; i < queries; i++) {
            found += true_neighbours(peer.rows_of(data.query(i), neighbours), truth[i], kth[i], passes);
        }
        chosen.ef = ef;
        chosen.recall = static_cast<double>(found) / static_cast<double>(queries * neighbours);
        if (chosen.recall >= wanted_recall) {
            break;
        }
    }
    return chosen;
}

void print_search_title()
{
    std::printf("\n%-36s %9s   ours p50     p95   hnswlib p50     p95  recall   ef   scan f32 p50     p95   reading them\n", "Search, k = 10, us", "rows");
    std::printf("%-36s %9s   (recall 1)              (least ef with recall .99)       (gcc -O3, native)     at bandwidth\n", "", "");
}

/* Of one core, GB/s, over and over the same bytes: small sets stay in a cache. */
double read_bandwidth(size_t bytes)
{
    const std::vector<uint64_t> words(bytes / sizeof(uint64_t), 1);
    figures gigabytes;
    volatile uint64_t sum = 0;
    for (int round = 0; round < 6; round++) {
        const uint64_t start = thread_cpu_ns();
        sum = sum + scan_words(words.data(), words.size());
        gigabytes.push_back(static_cast<double>(bytes) / static_cast<double>(thread_cpu_ns() - start));
    }
    gigabytes.erase(gigabytes.begin());
    return median(gigabytes);
}

class set_comparison {
public:
    set_comparison(const bench_plan &plan, const dataset &data, metric which, double bandwidth)
        : plan_(plan), data_(data), which_(which), bandwidth_(bandwidth), memory_("", which)
    {
        memory_.append_all(data);
        for (size_t i = 0; i < std::min(truth_queries, data.queries); i++) {
            truth_.push_back(distances_to(data, data.query(i), which));
        }
    }

    void compare_speed(bool with_graph, goal_rows &rows)
    {
        const row_test all = [](size_t) { return true; };
        query_times own, scan;
        graph_figures theirs;
        if (with_graph) {
            peer_ = make_graph(data_, which_);
        }
        if (peer_) {
            theirs = choose_effort(*peer_, data_, truth_, truth_queries, all);
        }
        for (size_t round = 0; round < plan_.rounds; round++) {
            time_round(own, data_.queries, [&](size_t i) { memory_.search(data_.query(i), neighbours, nullptr, hits_); });
            if (peer_) {
                time_round(theirs.times, data_.queries, [&](size_t i) { peer_->search(data_.query(i), neighbours); });
            }
            if (which_ == metric::l2) {
                uint32_t nearest[neighbours];
                const auto ask = [&](size_t i) { scan_nearest(data_.vectors.data(), data_.rows, data_.query(i), neighbours, nearest); };
                time_round(scan, std::min<size_t>(data_.queries, 30), ask);
            }
        }
        const std::string name = data_.name + ", " + name_of(which_);
        std::printf("  %-34s %9s", name.c_str(), grouped(data_.rows).c_str());
        put(own.typical(), 10, 1);
        put(own.slow(), 7, 1);
        put(theirs.times.typical(), 13, 1);
        put(theirs.times.slow(), 7, 1);
        put(theirs.recall, 7, 4);
        std::printf(" %4s", theirs.ef ? std::to_string(theirs.ef).c_str() : "-");
        put(scan.typical(), 14, 1);
        put(scan.slow(), 7, 1);
        put(static_cast<double>(data_.vectors.size() * sizeof(float)) / bandwidth_ / 1000, 14, 1);
        std::printf("\n");
        std::fflush(stdout);
        if (which_ == metric::l2) {
            add_goal(own.typical(), theirs, scan.typical(), rows);
        }
    }

    /* Of each filter. */
    figures check_recall() const
    {
        const std::vector<filter_case> filters = all_filters(data_.rows);
        std::vector<std::vector<char>> pass;
        for (const filter_case &filter : filters) {
            pass.emplace_back();
            for (size_t row = 0; row < data_.rows; row++) {
                pass.back().push_back(filter.passes(row));
            }
        }
        std::vector<size_t> found(filters.size()), wanted(filters.size());
        for (size_t i = 0; i < std::min(plan_.checked_queries, truth_.size()); i++) {
            const std::vector<double> &distances = truth_[i];
            for (size_t f = 0; f < filters.size(); f++) {
                const row_test passes = [&](size_t row) { return pass[f][row] != 0; };
                const rancog_filter native = filters[f].native();
                const auto exist = static_cast<size_t>(std::count(pass[f].begin(), pass[f].end(), 1));
                const double kth = kth_distance(distances, passes, neighbours);
                found[f] += true_neighbours(memory_.rows_of(data_.query(i), neighbours, &native), distances, kth, passes);
                wanted[f] += std::min(exist, neighbours);
            }
        }
        figures recall;
        for (size_t f = 0; f < filters.size(); f++) {
            recall.push_back(wanted[f] ? static_cast<double>(found[f]) / static_cast<double>(wanted[f]) : none);
        }
        return recall;
    }

    void compare_filtered(goal_rows &rows)
    {
        for (const filter_case &filter : narrow_filters(data_.rows)) {
            const rancog_filter native = filter.native();
            query_times own;
            graph_figures theirs;
            if (peer_) {
                peer_->keep_only(filter.passes);
                theirs = choose_effort(*peer_, data_, truth_, truth_queries / 2, filter.passes);
            }
            for (size_t round = 0; round < plan_.rounds; round++) {
                time_round(own, data_.queries, [&](size_t i) { memory_.search(data_.query(i), neighbours, &native, hits_); });
                if (peer_) {
                    time_round(theirs.times, std::min<size_t>(data_.queries, 100), [&](size_t i) { peer_->search(data_.query(i), neighbours); });
                }
            }
            const std::string name = "1 % by " + filter.name + ", " + data_.name;
            std::printf("  %-34s %9s", name.c_str(), grouped(data_.rows).c_str());
            put(own.typical(), 10, 1);
            put(own.slow(), 7, 1);
            put(theirs.times.typical(), 13, 1);
            put(theirs.times.slow(), 7, 1);
            put(theirs.recall, 7, 4);
            std::printf(" %4s\n", theirs.ef ? std::to_string(theirs.ef).c_str() : "-");
            std::fflush(stdout);
            const double us = own.typical(), peer_us = theirs.times.typical();
            rows.push_back({"filtered to 1 % by " + filter.name, data_.rows, "us p50", 1, us, peer_ ? "hnswlib, deletion marks" : "", peer_us, peer_us / us,
                            data_.rows == 100000 ? "<= 5" : "", data_.rows == 100000 ? judge(us <= 5) : verdict::open});
        }
    }

private:
    void add_goal(double own, const graph_figures &theirs, double scan, goal_rows &rows) const
    {
        const double goal = search_goal(data_.rows);
        const bool graph_counts = theirs.recall >= wanted_recall;
        char peer[64];
        std::snprintf(peer, sizeof peer, "hnswlib, recall %.4f", theirs.recall);
        rows.push_back({"search, " + data_.name, data_.rows, "us p50", 1, own, graph_counts ? peer : "scan f32 (hnswlib < .99 or left out)",
                        graph_counts ? theirs.times.typical() : scan, (graph_counts ? theirs.times.typical() : scan) / own, at_most(goal),
                        std::isnan(goal) ? verdict::open : judge(own <= goal)});
    }

    const bench_plan &plan_;
    const dataset &data_;
    metric which_;
    double bandwidth_;
    ours memory_;
    std::vector<std::vector<double>> truth_; /* of the first queries, to all rows */
    std::unique_ptr<graph> peer_;
    rancog_hit hits_[neighbours];
};

} // namespace

namespace {

struct recall_row {
    std::string name;
    size_t rows;
    figures of_filters;
};

void print_recall(const std::vector<recall_row> &all, size_t queries)
{
    std::printf("\nRecall@10 of ours, held against double precision; %zu queries each\n  %-34s %9s", queries, "", "rows");
    for (const filter_case &filter : all_filters(1)) {
        std::printf("  %12s", filter.name.c_str());
    }
    std::printf("\n");
    for (const recall_row &row : all) {
        std::printf("  %-34s %9s", row.name.c_str(), grouped(row.rows).c_str());
        for (double recall : row.of_filters) {
            put(recall, 13, 4);
        }
        std::printf("\n");
    }
}

} // namespace

void compare_searches(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nRead bandwidth of one core, GB/s: memory %.1f", read_bandwidth(memory_bytes));
    for (size_t size : plan.sizes) {
        std::printf(", %s vectors %.1f", grouped(size).c_str(), read_bandwidth(size * dimension * sizeof(float)));
    }
    std::printf("\n");
    print_search_title();
    std::vector<recall_row> recall;
    double least = 1;
    for (size_t size : plan.sizes) {
        const std::vector<dataset> sets = sets_of(plan, size);
        const double bandwidth = read_bandwidth(size * dimension * sizeof(float));
        for (const dataset &data : sets) {
            for (metric which : {metric::l2, metric::cosine, metric::inner_product}) {
                if (plan.quick && which != metric::l2 && size > plan.largest_graph) {
                    continue;
                }
                set_comparison all(plan, data, which, bandwidth);
                all.compare_speed(size <= plan.largest_graph && (which == metric::l2 || (size <= 10000 && !plan.quick)), rows);
                if (which == metric::l2 && &data == &sets[0]) {
                    all.compare_filtered(rows);
                }
                recall.push_back({data.name + ", " + name_of(which), data.rows, all.check_recall()});
                least = std::min(least, quantile(recall.back().of_filters, 0));
            }
        }
    }
    print_recall(recall, plan.checked_queries);
    rows.push_back({"recall@10, the least of all", 0, "", 4, least, "", none, none, "1.0000", judge(least == 1)});
}
