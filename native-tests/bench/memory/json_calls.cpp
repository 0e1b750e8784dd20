/* Store and recall as JSON, the result freed. */
#include <cstdio>

#include "ours.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "timing.hpp"

extern "C" {
#include "prng.h"
}

namespace {

constexpr size_t episodes = 10000;
const char *const metrics[] = {"RRU.PrbTotDl", "RRU.PrbTotUl", "DRB.UEThpDl", "DRB.UEThpUl", "RRC.ConnMean", "DRB.AirIfDelayDl"};

std::string situation(uint64_t &random)
{
    std::string text = "\"situation\":{";
    for (const char *metric : metrics) {
        char member[64];
        std::snprintf(member, sizeof member, "%s\"%s\":%.3f", metric == metrics[0] ? "" : ",", metric, 100 * prng_unit(&random));
        text += member;
    }
    return text + "}";
}

std::string episode(size_t at, uint64_t &random)
{
    const row_facts facts = facts_of(at);
    return "{\"time_ns\":" + std::to_string(facts.time_ns) + ",\"cell\":\"" + cell_name(facts.cell) + "\"," + situation(random) +
           ",\"action\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"digitalTilt\",\"before\":20,\"after\":30}],\"outcome\":{\"DRB.UEThpDl\":41.5},\"reward\":" +
           std::to_string(facts.reward) + "," + document_of(at).substr(1);
}

void show(const char *what, const query_times &times)
{
    std::printf("  %-52s", what);
    put(times.typical(), 12, 1);
    put(times.slow(), 12, 1);
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

void measure_json(const bench_plan &plan, goal_rows &rows)
{
    const scratch folder(plan.scratch_folder);
    uint64_t random = 5;
    ours inside("", metric::l2), file(folder.file("json.db"), metric::l2);
    std::printf("\n%-54s          p50          p95\n", "JSON calls, six metrics, us of CPU time of the caller");
    std::string all = "[";
    for (size_t i = 0; i < episodes; i++) {
        all += (i ? "," : "") + episode(i, random);
    }
    all += "]";
    const double us = wall_us([&] { inside.store(all); });
    std::printf("  %-52s", "store, an array of 10 000, each (wall time)");
    put(us / episodes, 12, 1);
    std::printf("\n");
    query_times store_inside, store_file, recall, explained, narrow;
    std::vector<std::string> texts;
    for (size_t i = 0; i < plan.queries + plan.queries / 10; i++) {
        texts.push_back(episode(episodes + i, random));
    }
    time_round(store_inside, plan.queries, [&](size_t i) { inside.store(texts[i]); });
    time_round(store_file, plan.queries, [&](size_t i) { file.store(texts[i]); });
    for (size_t i = 0; i < plan.queries; i++) {
        texts[i] = "{" + situation(random) + ",\"k\":";
    }
    for (size_t round = 0; round < plan.rounds; round++) {
        time_round(recall, plan.queries, [&](size_t i) { inside.recall(texts[i] + "10}"); });
        time_round(explained, plan.queries, [&](size_t i) { inside.recall(texts[i] + "10,\"explain\":true}"); });
        time_round(narrow, plan.queries, [&](size_t i) { inside.recall(texts[i] + "1,\"filter\":{\"cell\":\"" + cell_name(17) + "\"}}"); });
    }
    show("store one, in the process", store_inside);
    show("store one, in a file, group (the device's time is not in it)", store_file);
    show("recall, k 10, of 10 000, with the ten episodes", recall);
    show("recall, k 10, explained", explained);
    show("recall, k 1, filtered to 1 %", narrow);
    rows.push_back({"recall as JSON, k 10", episodes, "us p50", 1, recall.typical(), "", none, none, "", verdict::open});
    rows.push_back({"store as JSON, in the process", episodes, "us p50", 1, store_inside.typical(), "", none, none, "", verdict::open});
}
