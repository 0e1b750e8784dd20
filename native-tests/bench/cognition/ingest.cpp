/* Time and memory of large messages with measurements, each in a process of its own, and of the real files. */
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "ask_worker.hpp"
#include "clocks.hpp"
#include "messages.hpp"
#include "ours.hpp"
#include "peer_xml.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

enum { SECONDS, PEAK, BYTES, NUMBERS, ANSWERS };

constexpr double seconds_goal = 5, megabytes_goal = 500, megabyte = 1e6;
const char *const files[] = {"ves_perf3gpp_pm_report.json", "ts32435_pm_ericsson_style.xml", "ts28532_pm_keysight_gnb1.xml"};

/* Largest memory that this program had in RAM: of the program itself, not of the one that started it. */
double peak_bytes()
{
    double kilobytes = none;
    char line[128];
    FILE *file = std::fopen("/proc/self/status", "r");
    while (file && std::fgets(line, sizeof line, file)) {
        if (std::strncmp(line, "VmHWM:", 6) == 0) {
            kilobytes = std::strtod(line + 6, nullptr);
        }
    }
    if (file) {
        std::fclose(file);
    }
    return kilobytes * 1024;
}

void measure_real_files()
{
    std::printf("\nReal files: median of 50 messages, a fresh core each\n  %-34s %10s %10s %10s %12s\n", "", "kB", "samples", "us of CPU", "MB/s");
    for (const char *name : files) {
        const std::string text = read_file(std::string(BENCH_TELEMETRY) + "/oran/" + name);
        figures us;
        double samples = 0;
        for (int i = 0; i < 50; i++) {
            const ours library;
            const uint64_t start = thread_cpu_ns();
            const std::string report = library.ingest(text);
            us.push_back(static_cast<double>(thread_cpu_ns() - start) / 1000);
            samples = number(member(report, "samples"));
        }
        std::printf("  %-34s", name);
        put(static_cast<double>(text.size()) / 1000, 10, 1);
        put(samples, 10, 0);
        put(median(us), 10, 0);
        put(static_cast<double>(text.size()) / median(us), 12, 0);
        std::printf("\n");
    }
}

} // namespace

int ingest_worker(const std::string &reader, const std::string &format, size_t bytes)
{
    const message made = make_message(format, bytes);
    double seconds;
    if (reader == "peer") {
        const uint64_t start = thread_cpu_ns();
        const size_t numbers = read_by_peer(made.text);
        seconds = static_cast<double>(thread_cpu_ns() - start) / 1e9;
        if (numbers != made.numbers) {
            return 1;
        }
    } else {
        const ours library;
        const uint64_t start = thread_cpu_ns();
        const std::string report = library.ingest(made.text);
        seconds = static_cast<double>(thread_cpu_ns() - start) / 1e9;
        if (unquoted(member(report, "format")) != format || number(member(report, "samples")) != static_cast<double>(made.numbers) || member(report, "skipped") != "[]") {
            return 1;
        }
    }
    for (double figure : {seconds, peak_bytes(), static_cast<double>(made.text.size()), static_cast<double>(made.numbers)}) {
        std::printf("%.17g\n", figure);
    }
    return 0;
}

void measure_ingest(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nIngest: one message, in a process of its own; every number kept; peak: whole process, message and history in it\n  %-34s %10s %10s %10s %12s %12s %10s\n", "", "MB", "samples", "s of CPU", "MB/s",
                "samples/s", "peak, MB");
    const auto show = [](const std::string &name, const figures &one) {
        std::printf("  %-34s", name.c_str());
        put(one[BYTES] / megabyte, 10, 1);
        put(one[NUMBERS], 10, 0);
        put(one[SECONDS], 10, 3);
        put(one[BYTES] / megabyte / one[SECONDS], 12, 0);
        put(one[NUMBERS] / one[SECONDS], 12, 0);
        put(one[PEAK] / megabyte, 10, 0);
        std::printf("\n");
        std::fflush(stdout);
    };
    std::fflush(stdout);
    for (const std::string &format : message_formats) {
        const figures one = ask_worker({"ours", format, std::to_string(plan.message_bytes)});
        if (one.size() != ANSWERS) {
            fail("not taken as it was written", format.c_str());
        }
        show(format, one);
        figures peer;
        if (has_peer_xml() && format.find("_xml") != std::string::npos) {
            peer = ask_worker({"peer", format, std::to_string(plan.message_bytes)});
            if (peer.size() != ANSWERS) {
                fail("libxml2 read other numbers", format.c_str());
            }
            show("  libxml2, nothing kept", peer);
        }
        const size_t megabytes = static_cast<size_t>(one[BYTES] / megabyte + 0.5);
        rows.push_back({"ingest " + format + ", MB of it", megabytes, "s of CPU", 2, one[SECONDS], peer.empty() ? "" : "libxml2 xmlReader, nothing kept", peer.empty() ? none : peer[SECONDS],
                        peer.empty() ? none : peer[SECONDS] / one[SECONDS], at_most(seconds_goal), judge(one[SECONDS] <= seconds_goal)});
        rows.push_back({"ingest " + format + ", peak", megabytes, "MB", 0, one[PEAK] / megabyte, "", none, none, at_most(megabytes_goal), judge(one[PEAK] / megabyte <= megabytes_goal)});
    }
    measure_real_files();
}
