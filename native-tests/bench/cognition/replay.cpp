/* A record of decisions and outcomes, made again. */
#include <cstdio>

#include "clocks.hpp"
#include "ours.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "worlds.hpp"

void measure_replay(const bench_plan &plan, goal_rows &rows)
{
    const scratch folder(plan.folder);
    const std::string path = folder.file("record.jsonl");
    random_numbers random(12);
    uint64_t spent = 0;
    {
        const ours library("{\"seed\":2,\"record_to\":" + quoted(path) + "}");
        for (size_t i = 0; i < plan.replayed; i++) {
            const asked one = worlds[i % 2 ? 0 : 2].ask(i, plan.replayed, random);
            const uint64_t start = thread_cpu_ns();
            const std::string decision = library.decide(one.problem);
            const double observed = observed_after(one, decision, random);
            library.report_outcome("{\"decision_id\":" + member(decision, "decision_id") + ",\"time_ns\":" + std::to_string(one.scene.time_ns + 4 * 3600000000000u) + ",\"observed\":{" + quoted(one.metric) + ":" + digits(observed) + "}}");
            spent += thread_cpu_ns() - start;
        }
    }
    const uint64_t start = thread_cpu_ns();
    const std::string report = ours::replay(path);
    const double seconds = static_cast<double>(thread_cpu_ns() - start) / 1e9;
    const double calls = number(member(report, "calls")), equal = number(member(report, "equal"));
    std::printf("\nReplay: %.0f calls, %.0f with equal bytes; %.0f calls a second of CPU (%.0f when they were made and recorded)\n", calls, equal, calls / seconds, 2 * static_cast<double>(plan.replayed) / (static_cast<double>(spent) / 1e9));
    if (equal != calls) {
        std::printf("  different: %.600s\n", member(report, "different").c_str());
    }
    rows.push_back({"replayed calls with equal bytes", static_cast<size_t>(calls), "", 0, equal, "", none, none, "all", judge(equal == calls)});
    rows.push_back({"replay", static_cast<size_t>(calls), "calls/s", 0, calls / seconds, "", none, none, "", verdict::open});
}
