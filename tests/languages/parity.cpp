// The story of the parity test in C++. usage: parity FOLDER-OF-INPUTS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <rancognition.hpp>

namespace {

std::string folder;

std::string read_file(const char *name)
{
    std::ifstream in(folder + "/" + name, std::ios::binary);
    if (!in) {
        std::fprintf(stderr, "%s/%s: cannot be read\n", folder.c_str(), name);
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

template <class T>
std::vector<T> read_array(const char *name)
{
    const std::string bytes = read_file(name);
    std::vector<T> values(bytes.size() / sizeof(T));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

// ---- lines ----
void line(const char *name, std::string_view value) { std::printf("%s\t%.*s\n", name, static_cast<int>(value.size()), value.data()); }

void number(const char *name, std::uint64_t value) { line(name, std::to_string(value)); }

template <class T>
std::string joined(const std::vector<T> &values)
{
    std::string text;
    for (const T value : values) {
        text += std::to_string(value);
    }
    return text;
}

template <class T, class Write>
std::string spaced(const std::vector<T> &values, Write write)
{
    std::string text;
    for (const T &value : values) {
        text += (text.empty() ? "" : " ") + write(value);
    }
    return text;
}

template <class Bits, class T>
std::string bits(const std::vector<T> &values)
{
    std::string text;
    for (const T value : values) {
        Bits whole;
        char digits[17];
        std::memcpy(&whole, &value, sizeof whole);
        std::snprintf(digits, sizeof digits, "%0*llx", static_cast<int>(2 * sizeof whole), static_cast<unsigned long long>(whole));
        text += digits;
    }
    return text;
}

void refused(const char *name, const rancog::error &error) { line(name, std::to_string(error.status()) + " " + error.what()); }

// What a call gives when nothing is thrown.
template <class Call>
void done(const char *name, Call call)
{
    try {
        call();
        line(name, "ok");
    } catch (const rancog::error &error) {
        refused(name, error);
    }
}

// The text that a call gives.
template <class Call>
void text(const char *name, Call call)
{
    try {
        const auto given = call();
        line(name, given);
    } catch (const rancog::error &error) {
        refused(name, error);
    }
}

void page(const char *name, std::string_view html)
{
    std::uint64_t hash = 14695981039346656037u;
    char digits[17];
    for (const char c : html) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    line(name, std::to_string(html.size()) + " " + digits);
}

rancog::host fixed_host()
{
    rancog::host host;
    host.now_ns = [] { return std::uint64_t{1600000000000000000u}; };
    host.random_u64 = [] { return std::uint64_t{42}; };
    return host;
}

// ---- chapters ----
constexpr std::chrono::hours hour{1};

void library()
{
    const std::uint64_t first = rancog::nanotime(), second = rancog::nanotime();
    number("abi_version", rancog::abi_version());
    line("version_string", rancog::version());
    number("nanotime goes on", first > 1600000000000000000u && second >= first);
    number("runtime_info tells the version", rancog::runtime_info().view().find(rancog::version()) != std::string_view::npos);
}

void temporal()
{
    const std::vector<double> values = read_array<double>("values.f64");
    const std::string timeline = read_file("timeline.json");
    rancog::temporal core(50, 12, fixed_host());

    const rancog::buffer result = core.expand_subjective_time(read_file("problem.json"), read_file("constraints.json"));
    line("expand_subjective_time", result.view());
    page("report_render", rancog::render_report(result.view()).view());
    done("set_consciousness_level", [&] { core.set_consciousness_level(0.5); });
    text("parallel_temporal_analysis", [&] { return core.parallel_temporal_analysis(read_file("problems.json"), 2); });
    text("analyze_temporal_patterns", [&] { return core.analyze_temporal_patterns(timeline); });
    text("predict_future_states", [&] { return core.predict_future_states(timeline, 6 * hour); });
    text("optimize_temporal_expansion", [&] { return core.optimize_temporal_expansion(timeline); });
    rancog::forecast_result next;
    done("forecast", [&] { next = core.forecast(values, hour, 12, 0.9); });
    line("forecast mean", bits<std::uint64_t>(next.mean));
    line("forecast lower", bits<std::uint64_t>(next.lower));
    line("forecast upper", bits<std::uint64_t>(next.upper));
    done("observe", [&] { core.observe("observed", "RRU.PrbTotDl", read_array<std::uint64_t>("times.u64"), values); });
    text("expand_subjective_time of what was observed", [&] { return core.expand_subjective_time(read_file("observed.json")); });
    std::vector<double> scores;
    done("score_anomalies", [&] { scores = core.score_anomalies(values, hour); });
    line("scores", bits<std::uint64_t>(scores));
    std::vector<std::uint8_t> flags;
    done("detect_anomalies", [&] { flags = core.detect_anomalies(values, hour); });
    line("flags", joined(flags));
    std::vector<std::size_t> changes;
    done("detect_change_points", [&] { changes = core.detect_change_points(values, hour); });
    std::string places;
    for (const std::size_t change : changes) {
        places += std::to_string(change) + " ";
    }
    line("change points", places);
    text("get_performance_metrics", [&] { return core.get_performance_metrics(); });
    text("a problem that is cut short", [&] { return core.expand_subjective_time("{\"id\":"); });
    done("a coverage of 2", [&] { core.forecast(values, hour, 12, 2.0); });
}

void scheduler()
{
    const std::string_view type = "{\"Custom\":\"echo\"}";
    rancog::scheduler self(read_file("scheduler.json"), fixed_host());
    const std::uint32_t handler = self.register_handler("echo", [](const rancog::task &task) {
        return "{\"id\":" + std::to_string(task.id()) + ",\"payload\":" + std::to_string(task.payload()) + ",\"bytes\":" + std::to_string(task.data().size()) + "}";
    });
    number("register_handler", handler);
    const std::uint64_t task = self.schedule_task(5000, 3, type, "hello");
    number("schedule_task", task);
    number("schedule_recurring_task", self.schedule_recurring_task(250, 1, type, "{\"again\":true}", 3));
    const std::vector<rancog_task> batch{rancog::batch_task(handler, 1500, 11), rancog::batch_task(handler, 1501, 12)};
    std::vector<std::uint64_t> ids(2);
    done("schedule_batch", [&] { self.schedule_batch(batch, ids); });
    number("schedule_batch id 0", ids[0]);
    number("schedule_batch id 1", ids[1]);
    done("reschedule_task", [&] { self.reschedule_task(task, 1400); });
    done("cancel_task", [&] { self.cancel_task(ids[1]); });
    done("cancel_task of none", [&] { self.cancel_task(999999); });
    const rancog::buffer snapshot = self.snapshot();
    line("snapshot", snapshot.view());
    number("get_next_execution_time", self.get_next_execution_time());
    done("advance_time", [&] { self.advance_time(300); });
    text("execute_ready_tasks", [&] { return self.execute_ready_tasks(); });
    done("run", [&] { self.run(1450); });
    done("advance_time", [&] { self.advance_time(100); });
    std::vector<rancog_task_outcome> outcomes(10);
    done("execute_ready_batch", [&] { outcomes.resize(self.execute_ready_batch(outcomes)); });
    for (const rancog_task_outcome &o : outcomes) {
        line("outcome", std::to_string(o.task_id) + " " + std::to_string(o.execute_time) + " " + std::to_string(o.lateness_ns) + " " +
                            std::to_string(o.handler) + " " + std::to_string(o.status) + " " + std::to_string(o.payload));
    }
    text("get_queue_status", [&] { return self.get_queue_status(); });
    done("restore", [&] { self.restore(snapshot.view()); });
    text("get_queue_status of what was restored", [&] { return self.get_queue_status(); });
}

void loader()
{
    rancog::loader self(read_file("loader.json"), fixed_host());
    const rancog::module_ref temporal = self.load_module("temporal", read_file("module.json"));
    text("interfaces", [&] { return temporal.interfaces(); });
    text("memory", [&] { return temporal.memory(); });
    std::vector<double> mean(3);
    done("forecast of a module", [&] { temporal.get_temporal().forecast(read_array<double>("values.f64"), hour, 0.9, mean); });
    line("mean of a module", bits<std::uint64_t>(mean));
    const rancog::module_ref scheduler = self.load_module("scheduler", "{\"mode\":\"virtual\"}");
    text("get_queue_status of a module", [&] { return scheduler.get_scheduler().get_queue_status(); });
    done("unload_module", [&] { self.unload_module("scheduler"); });
    done("a module that is not there", [&] { self.load_module("wisdom"); });
}

void simd()
{
    const std::vector<float> a = read_array<float>("floats.f32"), b = read_array<float>("weights.f32");
    std::vector<std::uint8_t> reached(a.size());
    std::vector<float> products(a.size());
    done("vectorized_pattern_matching", [&] { rancog::simd::vectorized_pattern_matching(a, b, b, reached); });
    line("reached", joined(reached));
    done("parallel_temporal_computation", [&] { rancog::simd::parallel_temporal_computation(a, b, 5, products); });
    line("products", bits<std::uint32_t>(products));
}

void pool()
{
    rancog::pool self(read_file("pool.json"), fixed_host());
    void *const first = self.allocate(100), *const second = self.allocate(5000);
    std::memset(first, 1, 100);
    text("get_stats", [&] { return self.get_stats(); });
    done("deallocate", [&] { self.deallocate(first, 100); });
    done("a block of the whole budget", [&] { self.allocate(1 << 20); });
    done("deallocate", [&] { self.deallocate(second, 5000); });
    text("get_stats after it", [&] { return self.get_stats(); });
}

void memory_of_situations()
{
    const std::string query = read_file("memory_recall.json");
    const rancog::memory self({}, fixed_host());
    text("memory store", [&] { return self.store(read_file("memory_episodes.json")); });
    text("memory recall", [&] { return self.recall(query); });
    text("memory text", [&] { return self.recall(read_file("memory_text.json")); });
    text("memory update", [&] { return self.update(read_file("memory_update.json")); });
    text("memory recall after", [&] { return self.recall(query); });
    text("memory analyze", [&] { return self.analyze(read_file("memory_skills.json")); });
    done("memory remove", [&] { self.remove(2); });
    done("memory remove of none", [&] { self.remove(999); });
    text("memory stats", [&] { return self.get_stats(); });
    done("memory flush", [&] { self.flush(); });
}

void memory_of_vectors()
{
    constexpr std::size_t dimension = 8;
    constexpr std::uint64_t start = 1500000000000000000u;
    const std::vector<float> vectors = read_array<float>("memory_vectors.f32");
    const rancog::memory self(R"({"dimension":8,"metric":"cosine"})", fixed_host());
    std::vector<rancog::episode> episodes(vectors.size() / dimension);
    for (std::size_t i = 0; i < episodes.size(); i++) {
        episodes[i].vector = {vectors.data() + i * dimension, dimension};
        episodes[i].cell = i % 2 == 0 ? "c1" : "c2";
        episodes[i].time = start + i;
        episodes[i].reward = static_cast<double>(i) / 10.0;
        episodes[i].success = i % 2 == 1;
    }
    text("memory append", [&] { return spaced(self.append(episodes), [](std::uint64_t id) { return std::to_string(id); }); });
    text("memory search", [&] {
        const auto which = rancog::filter().cell("c1").from(start + 2).until(start + 12);
        return spaced(self.search(read_array<float>("memory_query.f32"), 4, which),
                      [](const rancog::hit &hit) { return std::to_string(hit.id) + " " + bits<std::uint64_t>(std::vector<double>{hit.distance}); });
    });
}

void memory_of_a_loader()
{
    const rancog::loader loader({}, fixed_host());
    const rancog::module_ref module = loader.load_module("memory");
    text("module memory store", [&] { return module.get_memory().store(R"({"vector":[1,2,3],"time_ns":5})"); });
}

// What the story evaluates: + - * only, in the order written, so that every language gives the same bits.
void evaluate_mixed(const double *x, double &cost, double &room)
{
    const double a = x[0], b = x[1], c = x[2], d = x[3], e = x[4];
    cost = (a - 0.5) * (a - 0.5) + (b - 2) * (b - 2) + (c - 2) * (c - 2) + d * 3 + (e - 1) * (e - 1);
    room = 1 - a - b;
}

void evaluate_front(rancog::span<const double> x, std::size_t rows, rancog::span<double> objectives, rancog::span<double>)
{
    for (std::size_t i = 0; i < rows; i++) {
        const double left = x[2 * i], right = x[2 * i + 1];
        objectives[2 * i] = left * left + right * right;
        objectives[2 * i + 1] = left + right - left * right;
    }
}

std::string ask_and_tell(const rancog::optimization &self, const std::string &problem)
{
    constexpr std::size_t variables = 5, capacity = 7;
    std::size_t asks = 0, points = 0;
    self.begin(problem);
    for (;;) {
        const std::vector<double> x = self.ask(capacity, variables);
        const std::size_t rows = x.size() / variables;
        if (rows == 0) {
            return std::to_string(asks) + " " + std::to_string(points);
        }
        asks++;
        points += rows;
        std::vector<double> costs(rows), rooms(rows);
        for (std::size_t i = 0; i < rows; i++) {
            evaluate_mixed(&x[i * variables], costs[i], rooms[i]);
        }
        self.tell(rows, x, costs, rooms);
    }
}

void optimization()
{
    const std::string mixed = read_file("optimization_mixed.json"), network = read_file("optimization_network.json");
    const rancog::optimization self(R"({"seed":3})", fixed_host());
    text("optimization bbob", [&] { return self.optimize(read_file("optimization_bbob.json")); });
    text("optimization es", [&] { return self.optimize(read_file("optimization_es.json")); });
    text("optimization with", [&] {
        return self.optimize_with(mixed, [](rancog::span<const double> x, rancog::span<double> objectives, rancog::span<double> constraints) {
            evaluate_mixed(x.data(), objectives[0], constraints[0]);
        });
    });
    text("optimization batch", [&] { return self.optimize_with_batch(read_file("optimization_front.json"), evaluate_front); });
    text("optimization ask", [&] { return ask_and_tell(self, mixed); });
    text("optimization result", [&] { return self.result(); });
    text("optimization network", [&] { return self.evaluate_network(network); });
    text("optimization bad", [&] { return self.optimize(read_file("optimization_bad.json")); });

    const rancog::loader loader({}, fixed_host());
    const rancog::module_ref module = loader.load_module("optimization");
    text("module optimization network", [&] { return module.get_optimization().evaluate_network(network); });
}

// The objects of an array whose texts have no braces in them.
std::vector<std::string_view> elements(std::string_view array)
{
    std::vector<std::string_view> found;
    std::size_t begin = 0, depth = 0;
    for (std::size_t at = 0; at < array.size(); at++) {
        if (array[at] == '{' && depth++ == 0) {
            begin = at;
        } else if (array[at] == '}' && --depth == 0) {
            found.push_back(array.substr(begin, at + 1 - begin));
        }
    }
    return found;
}

rancog::buffer observe_all(const rancog::strange_loop &self)
{
    const std::string told = read_file("loop_observations.json");
    rancog::buffer reply;
    for (const std::string_view observation : elements(told)) {
        reply = self.observe(observation);
    }
    return reply;
}

void strange_loop()
{
    constexpr std::string_view options = R"({"aci_step":0.1})";
    const std::string linear = read_file("loop_linear.json");
    const rancog::strange_loop self(options, fixed_host());
    text("loop linear", [&] { return self.solve(linear); });
    text("loop coupling", [&] { return self.solve(read_file("loop_coupling.json")); });
    text("loop with", [&] {
        return self.solve_with(read_file("loop_with.json"), [](rancog::span<const double> x, rancog::span<double> fx) {
            fx[0] = 0.5 * x[1] * x[1] - 0.25 * x[0] + 0.1;
            fx[1] = 0.5 * x[0] + 0.25 * x[1];
        });
    });
    text("loop observe", [&] { return observe_all(self); });
    text("loop conflicts", [&] { return self.detect_conflicts(read_file("loop_conflicts.json")); });
    text("loop state", [&] { return self.get_state(); });
    text("loop restored", [&] {
        const rancog::strange_loop other(options, fixed_host());
        other.restore(self.get_state());
        return other.get_state();
    });
    text("loop bad", [&] { return self.observe(read_file("loop_bad.json")); });

    const rancog::loader loader({}, fixed_host());
    const rancog::module_ref module = loader.load_module("strangeLoop");
    text("module loop linear", [&] { return module.get_strange_loop().solve(linear); });
}

double times_said(std::string_view question, std::string_view word)
{
    double times = 0;
    for (std::size_t at = question.find(word); at != std::string_view::npos; at = question.find(word, at + 1)) {
        times++;
    }
    return times;
}

rancog::buffer replay_of_a_decision(std::string_view problem)
{
    const std::string path = folder + "/cognition_record.jsonl";
    std::remove(path.c_str());
    rancog::cognitive(R"({"seed":7,"record_to":")" + path + "\"}", fixed_host()).decide(problem);
    return rancog::cognitive::replay(path, fixed_host());
}

void cognition()
{
    const std::string mro = read_file("cognition_mro.json");
    const rancog::cognitive self(R"({"seed":7})", fixed_host());
    text("cognition mro", [&] { return self.decide(mro, read_file("cognition_constraints.json")); });
    text("cognition candidates", [&] { return self.decide(read_file("cognition_candidates.json")); });
    text("cognition with", [&] {
        return self.decide_with(read_file("cognition_with.json"), {}, [](std::string_view question, rancog::span<double> values) {
            const double actions = times_said(question, "managedObject");
            for (std::size_t i = 0; i < values.size(); i++) {
                values[i] = 10 + static_cast<double>(i) + actions;
            }
        });
    });
    text("cognition rows", [&] { return self.ingest(read_file("cognition_rows.json")); });
    text("cognition ves", [&] { return self.ingest(read_file("cognition_ves.json")); });
    text("cognition outcome", [&] { return self.report_outcome(read_file("cognition_outcome.json")); });
    text("cognition rollback", [&] { return self.rollback(1); });
    text("cognition rollback of none", [&] { return self.rollback(999); });
    text("cognition state", [&] { return self.get_state(); });
    text("cognition bad", [&] { return self.decide(read_file("cognition_bad.json")); });
    text("cognition replay", [&] { return replay_of_a_decision(mro); });

    const rancog::loader loader({}, fixed_host());
    const rancog::module_ref module = loader.load_module("cognitive");
    text("module cognition mro", [&] { return module.get_cognitive().decide(mro); });
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FOLDER-OF-INPUTS\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    try {
        library();
        temporal();
        scheduler();
        loader();
        simd();
        pool();
        memory_of_situations();
        memory_of_vectors();
        memory_of_a_loader();
        optimization();
        strange_loop();
        cognition();
        number("buffers_outstanding", rancog::buffers_outstanding());
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
