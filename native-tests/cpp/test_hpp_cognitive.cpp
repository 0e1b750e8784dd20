// The cognitive core through rancognition.hpp, with errors as exceptions and as values: results are those of the C functions, and decisions
// what was planted in counters made here; models of every shape; what fails, what throws, what is closed meanwhile; a file and a record.
// Compiled with exceptions and without.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "kit.hpp"

namespace {

using kit::fails;
using kit::has;
using kit::plain;
using places = rancog::span<double>;

constexpr std::uint64_t fixed_now = 1600000000000000000u;
constexpr std::uint64_t hour = 3600000000000u;

// A tilt whose throughput only the program knows. The third candidate is the only one that reaches the target.
constexpr std::string_view tilts = R"({"network_id":"n","time_ns":1000,"seed":5,"mode":"ASSIST","unknown":1,
    "current_state":{"DRB.UEThpDl":10},"configuration":{"NRCellDU=1":{"digitalTilt":60}},"objectives":["maximize DRB.UEThpDl"],"candidates":[
    [{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":50}],[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":55}],
    [{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":70}]]})";
constexpr std::string_view target = R"([{"id":"fast","constraint_type":"min","parameters":{"DRB.UEThpDl":11.5},"priority":1}])";
constexpr std::string_view chosen = R"("actions":[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","before":60,"after":70}])";
constexpr std::string_view nothing = R"("actions":[],"reason")";

constexpr std::string_view rows = R"({"rows":[{"time_ns":1000,"object":"NRCellDU=1","metric":"RRU.PrbTotDl","value":40},
    {"time_ns":2000,"object":"NRCellDU=2","metric":"RRU.PrbTotDl","value":"many"}]})";

rancog::host fixed_clock()
{
    rancog::host host;
    host.now_ns = [] { return fixed_now; };
    return host;
}

rancog_host fixed_table()
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = [](void *) { return fixed_now; };
    return host;
}

const std::uint8_t *bytes(std::string_view text) { return reinterpret_cast<const std::uint8_t *>(text.data()); }

// A folder for one file, gone with it.
class folder {
public:
    folder()
    {
        if (!mkdtemp(name_.data())) {
            std::perror("mkdtemp");
            std::exit(2);
        }
    }
    folder(const folder &) = delete;
    folder &operator=(const folder &) = delete;
    ~folder()
    {
        for (const char *const ending : {"", "-wal", "-shm", "-journal", ".lock", "-lock"}) {
            unlink((path() + ending).c_str());
        }
        if (rmdir(name_.c_str()) != 0) {
            std::printf("  left behind: %s\n", name_.c_str());
        }
    }

    std::string path() const { return name_ + "/file"; }

private:
    std::string name_ = "/tmp/test_hpp_cognitive_XXXXXX";
};

// The number after the name, the first time that it is there.
double number_of(std::string_view json, std::string_view name)
{
    const std::string copy(json), key = "\"" + std::string(name) + "\":";
    const std::size_t at = copy.find(key);
    if (at == std::string::npos) {
        CHECK(has(copy, key));
        return NAN;
    }
    return std::strtod(copy.c_str() + at + key.size(), nullptr);
}

// A day of quarters of an hour of a relation: of 400 attempts each, so many were too late and so many of the others too early.
std::string handovers(int late, int early, std::string_view more = {})
{
    std::string tried, too_late, too_early;
    for (int quarter = 0; quarter < 96; quarter++) {
        const char *const comma = quarter == 0 ? "" : ",";
        tried += comma + std::to_string(400 + quarter % 7);
        too_late += comma + std::to_string(late + quarter % 3);
        too_early += comma + std::to_string(early + quarter % 2);
    }
    const auto series = [](std::string_view name, const std::string &values) {
        return "\"NRCellRelation=1-2/" + std::string(name) + R"(":{"start_ns":0,"step_ns":900000000000,"values":[)" + values + "]}";
    };
    return R"({"network_id":"n","problem_type":"MRO","seed":3,"observe_ns":3600000000000,"time_ns":)" + std::to_string(24 * hour) +
           R"(,"configuration":{"NRCellRelation=1-2":{"cellIndividualOffset":0}},"history":{)" + series("MM.HoExeInterReq", tried) + "," +
           series("HO.IntraSys.TooLate", too_late) + "," + series("HO.IntraSys.TooEarly", too_early) + "}" + std::string(more) + "}";
}

constexpr std::string_view late_rate = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq";

std::string seen(std::uint64_t decision, std::uint64_t time_ns, int late)
{
    return R"({"decision_id":)" + std::to_string(decision) + R"(,"time_ns":)" + std::to_string(time_ns) +
           R"(,"observed":{"NRCellRelation=1-2/MM.HoExeInterReq":1000,"NRCellRelation=1-2/HO.IntraSys.TooLate":)" + std::to_string(late) + "}}";
}

// The program's model: 10 as it is, 12 with a tilt of 70, 9 with others.
double throughput(std::string_view question)
{
    if (question.find("\"actions\":[]") != std::string_view::npos) {
        return 10;
    }
    return question.find("\"after\":70") != std::string_view::npos ? 12 : 9;
}

void model(std::string_view question, places values)
{
    for (double &value : values) {
        value = throughput(question);
    }
}

template <class Core>
rancog::buffer decided(const Core &core)
{
    return plain(core.decide_with(tilts, target, model));
}

// How many decisions the core knows of.
template <class Core>
double total(const Core &core)
{
    return number_of(plain(core.get_state()), "TOTAL");
}

template <class Errors>
void json_is_that_of_c()
{
    constexpr std::string_view options = R"({"seed":4})";
    const auto core = plain(rancog::basic_cognitive<Errors>::create(options, fixed_clock()));
    const rancog_host table = fixed_table();
    rancog_cognitive *const c = rancog_cognitive_create(bytes(options), options.size(), &table);
    const auto same = [](const rancog::buffer &ours, std::uint8_t *theirs, std::string_view part) {
        const rancog::buffer text(theirs);
        return rancog_last_status() == RANCOG_OK && ours.view() == text.view() && has(ours, part);
    };
    const std::string problem = handovers(40, 0);
    CHECK(same(plain(core.decide(problem)), rancog_cognitive_decide(c, bytes(problem), problem.size(), nullptr, 0), R"("cause":{"name":"too_late")"));
    const auto own = [](const std::uint8_t *question, std::size_t length, double *values, std::size_t n, void *) {
        model({reinterpret_cast<const char *>(question), length}, {values, n});
        return std::int32_t{0};
    };
    CHECK(same(decided(core), rancog_cognitive_decide_with(c, bytes(tilts), tilts.size(), bytes(target), target.size(), own, nullptr), chosen));
    CHECK(same(plain(core.decide(tilts, target)), rancog_cognitive_decide(c, bytes(tilts), tilts.size(), bytes(target), target.size()), R"("id":"fast")"));
    const std::string outcome = seen(1, 26 * hour, 10);
    CHECK(same(plain(core.report_outcome(outcome)), rancog_cognitive_report_outcome(c, bytes(outcome), outcome.size()), R"("verdict":"KEPT")"));
    CHECK(same(plain(core.rollback(2)), rancog_cognitive_rollback(c, 2), R"("attribute":"digitalTilt","after":60)"));
    CHECK(same(plain(core.ingest(rows)), rancog_cognitive_ingest(c, bytes(rows), rows.size()), R"("format":"rows")"));
    CHECK(same(plain(core.get_state()), rancog_cognitive_get_state(c), R"("TOTAL":3)"));
    rancog_cognitive_destroy(c);
}

// What was planted is found, watched and undone, and what was promised is held against what came.
template <class Errors>
void decisions_are_made_watched_and_undone()
{
    const auto core = plain(rancog::basic_cognitive<Errors>::create({}, fixed_clock()));
    const std::string limit = R"(,"constraints":[")" + std::string(late_rate) + R"( <= 0.09"],"mode":"AUTONOMOUS")";
    const rancog::buffer late = plain(core.decide(handovers(40, 0, limit)));
    CHECK(has(late, R"("name":"too_late")") && number_of(late, "decision_id") == 1 && number_of(late, "before") == 0 && number_of(late, "after") > 0);
    CHECK(has(late, R"("attribute":"cellIndividualOffset")") && has(late, "\"text\":"));
    const double confidence = number_of(late.view().substr(late.view().find(",\"targets\"") - 40), "confidence");
    CHECK(confidence > 0.5 && confidence <= 1);
    CHECK(has(plain(core.report_outcome(seen(1, 24 * hour + 1, 200))), R"("verdict":"WATCHING")"));
    CHECK(has(plain(core.report_outcome(seen(1, 25 * hour, 200))), R"("verdict":"ROLL_BACK")"));
    CHECK(has(plain(core.report_outcome(seen(1, 25 * hour, 0))), R"("verdict":"ROLL_BACK")")); // it keeps its verdict
    for (int time = 0; time < 2; time++) {
        CHECK(has(plain(core.rollback(1)), R"("restore":[{"managedObject":"NRCellRelation=1-2","attribute":"cellIndividualOffset","after":0}])"));
    }
    const rancog::buffer state = plain(core.get_state());
    CHECK(std::fabs(number_of(state, "brier") - confidence * confidence) < 1e-9 && number_of(state, "ROLLED_BACK") == 1); // sure, and wrong
    CHECK(has(plain(core.decide(handovers(0, 0))), R"("name":"healthy")") && has(plain(core.decide(handovers(0, 0))), nothing));
    CHECK(has(plain(core.decide(handovers(0, 40))), R"("name":"too_early")"));
    const rancog::buffer never = plain(core.decide(tilts, R"([{"id":"a","constraint_type":"min","parameters":{"DRB.UEThpDl":12},"priority":1},
        {"id":"b","constraint_type":"max","parameters":{"DRB.UEThpDl":11},"priority":1}])"));
    CHECK(has(never, nothing) && has(never, R"("infeasible":{"constraints":["a","b"]})"));
}

template <class Errors>
void models_of_every_shape_are_asked()
{
    const auto fresh = [] { return plain(rancog::basic_cognitive<Errors>::create({}, fixed_clock())); };
    const std::string expected = decided(fresh());
    CHECK(has(expected, chosen) && has(expected, R"("DRB.UEThpDl":{"p10":12,"p50":12,"p90":12})") && has(expected, "unknown"));
    std::size_t count = 0;
    CHECK(plain(fresh().decide_with(tilts, target, [&](std::string_view question, places values) {
        CHECK(values.size() == 1 && std::isnan(values[0]) && has(question, R"("metrics":["DRB.UEThpDl"])"));
        count++;
        model(question, values);
    })).view() == expected);
    CHECK(count >= 4); // as it is, and three candidates
    std::size_t calls = 0;
    auto moved_only = [&, own = std::make_unique<std::size_t>(0)](std::string_view question, places values) mutable {
        calls = ++*own; // changes itself, cannot be copied, and says how it went
        model(question, values);
        return true;
    };
    CHECK(plain(fresh().decide_with(tilts, target, moved_only)).view() == expected);
    CHECK(plain(fresh().decide_with(tilts, target, moved_only)).view() == expected && calls == 2 * count); // it was borrowed
    struct named {
        bool operator()(std::string_view question, places values) const
        {
            model(question, values);
            return !question.empty();
        }
    };
    CHECK(plain(fresh().decide_with(tilts, target, named{})).view() == expected);
    const auto core = fresh();
    CHECK(has(plain(core.decide_with(tilts, {}, model)), R"("targets":[])")); // no constraints
    CHECK(has(plain(core.decide_with(handovers(0, 0), {}, model)), R"("name":"healthy")"));
}

// Where the model knows nothing, the library's own expectation stands.
template <class Errors>
void a_model_that_tells_nothing_changes_nothing()
{
    const auto part = [](std::string_view json) { return std::string(json.substr(json.find("\"alternatives\":"), json.find(",\"evidence\"") - json.find("\"alternatives\":"))); };
    const auto fresh = [] { return plain(rancog::basic_cognitive<Errors>::create({}, fixed_clock())); };
    const std::string alone = part(plain(fresh().decide(tilts, target)));
    CHECK(part(plain(fresh().decide_with(tilts, target, [](std::string_view, places) {}))) == alone); // unset is NaN
    CHECK(part(plain(fresh().decide_with(tilts, target, [](std::string_view, places values) {
        values[0] = 99;
        return false;
    }))) == alone);
    CHECK(part(decided(fresh())) != alone);
}

template <class Errors>
void what_is_wrong_is_named()
{
    const auto thrower = plain(rancog::basic_cognitive<Errors>::create({}, fixed_clock()));
    const rancog::nothrow::cognitive core = thrower.as_nothrow();
    CHECK(fails(rancog::nothrow::cognitive::create("{"), RANCOG_E_INVALID_JSON, "options"));
    CHECK(fails(rancog::nothrow::cognitive::create(R"({"max_message_bytes":0})"), RANCOG_E_INVALID_ARGUMENT, "max_message_bytes"));
    CHECK(fails(rancog::nothrow::cognitive::create(R"({"path":"/nowhere/at/all.db"})"), RANCOG_E_INVALID_ARGUMENT, "path"));
    CHECK(fails(core.decide({}), RANCOG_E_INVALID_ARGUMENT, "problem: is NULL"));
    CHECK(fails(core.decide("{"), RANCOG_E_INVALID_JSON, "problem"));
    CHECK(fails(core.decide(tilts, "{}"), RANCOG_E_INVALID_JSON, "constraints"));
    CHECK(fails(core.decide(R"({"target_probability":2})"), RANCOG_E_INVALID_ARGUMENT, "target_probability"));
    bool is_called = false;
    const auto calls = [&](std::string_view, places) { is_called = true; };
    CHECK(fails(core.decide_with({}, target, calls), RANCOG_E_INVALID_ARGUMENT, "problem: is NULL"));
    CHECK(fails(core.decide_with("[]", target, calls), RANCOG_E_INVALID_JSON, "problem"));
    CHECK(fails(core.decide_with(tilts, "[", calls), RANCOG_E_INVALID_JSON, "constraints"));
    CHECK(fails(core.report_outcome({}), RANCOG_E_INVALID_ARGUMENT, "outcome: is NULL"));
    CHECK(fails(core.report_outcome("{}"), RANCOG_E_INVALID_JSON, "decision_id"));
    CHECK(fails(core.report_outcome(R"({"decision_id":9,"observed":{}})"), RANCOG_E_NOT_FOUND, "9"));
    CHECK(fails(core.rollback(9), RANCOG_E_NOT_FOUND, "9"));
    CHECK(fails(core.ingest({}), RANCOG_E_INVALID_ARGUMENT, "message: is NULL"));
    CHECK(fails(core.ingest("<a"), RANCOG_E_INVALID_ARGUMENT, "message"));
    CHECK(fails(core.ingest("{}"), RANCOG_E_INVALID_ARGUMENT, "message"));
    const auto narrow = plain(rancog::basic_cognitive<Errors>::create(R"({"max_message_bytes":20})"));
    CHECK(fails(narrow.as_nothrow().ingest(rows), RANCOG_E_LIMIT, "message"));
    CHECK(fails(rancog::nothrow::cognitive::replay({}), RANCOG_E_INVALID_ARGUMENT, "path: is NULL"));
    CHECK(fails(rancog::nothrow::cognitive::replay("/nowhere/at/all"), RANCOG_E_INVALID_ARGUMENT, "path"));
    CHECK(total(core) == 0 && number_of(plain(core.get_state()), "history_samples") == 0);

    auto closed = plain(rancog::basic_cognitive<Errors>::create());
    static_cast<void>(closed.close());
    CHECK(fails(closed.as_nothrow().decide_with(tilts, target, calls), RANCOG_E_INVALID_HANDLE, "self: the cognitive core is closed or was moved from"));
    const auto moved = std::move(closed);
    CHECK(fails(closed.as_nothrow().decide_with(tilts, target, calls), RANCOG_E_INVALID_HANDLE, "self: the cognitive core is closed or was moved from"));
    CHECK(fails(moved.as_nothrow().rollback(1), RANCOG_E_INVALID_HANDLE, "self: the cognitive core is closed"));
    CHECK(!is_called);
}

template <class Errors>
void the_host_and_other_handles()
{
    rancog::host host = fixed_clock();
    std::size_t stages = 0, allowed = 0;
    host.progress = [&](double share, std::string_view stage) {
        CHECK(share >= 0 && share <= 1 && !stage.empty());
        return ++stages <= allowed;
    };
    const auto core = plain(rancog::basic_cognitive<Errors>::create({}, std::move(host)));
    for (allowed = 0; allowed < 3; allowed++) {
        stages = 0;
        CHECK(fails(core.as_nothrow().decide_with(tilts, target, model), RANCOG_E_CANCELLED, "") && stages == allowed + 1);
    }
    CHECK(total(core) == 0); // nothing was decided
    stages = 0, allowed = 1000;
    CHECK(has(decided(core), R"("decision_id":1,)") && stages > 2);

    const auto other = plain(rancog::basic_cognitive<Errors>::create({}, fixed_clock()));
    std::size_t tried = 0;
    const rancog::nothrow::cognitive own = other.as_nothrow();
    const rancog::buffer answer = plain(other.decide_with(tilts, target, [&](std::string_view question, places values) {
        if (tried++ == 0) {
            CHECK(fails(own.get_state(), RANCOG_E_BUSY, "")); // its own handle serves this call
            CHECK(has(decided(core), chosen));
        }
        model(question, values);
    }));
    CHECK(tried > 1 && has(answer, chosen));

    rancog::host numbers = fixed_clock();
    std::uint64_t drawn = 0;
    numbers.random_u64 = [&] { return ++drawn; };
    const auto random = plain(rancog::basic_cognitive<Errors>::create({}, std::move(numbers)));
    CHECK(has(plain(random.decide("{}")), R"("seed":1,)") && has(plain(random.decide("{}")), R"("seed":2,)") && drawn == 2); // one for each problem
}

template <class Errors>
void a_loader_lends_its_core()
{
    auto loader = plain(rancog::basic_loader<Errors>::create({}, fixed_clock()));
    const auto core = plain(plain(loader.load_module("cognitive", R"({"seed":4})")).get_cognitive());
    const auto alone = plain(rancog::basic_cognitive<Errors>::create(R"({"seed":4})", fixed_clock()));
    const std::string problem = handovers(40, 0);
    CHECK(plain(core.decide(problem)).view() == plain(alone.decide(problem)).view());
    CHECK(decided(core).view() == decided(alone).view());
    const auto again = plain(plain(loader.load_module("cognitive")).get_cognitive());
    CHECK(again.raw() == core.raw() && plain(again.get_state()).view() == plain(alone.get_state()).view());
    CHECK(fails(plain(loader.load_module("temporal")).as_nothrow().get_cognitive(), RANCOG_E_INVALID_ARGUMENT, "cognitive"));
    static_cast<void>(loader.unload_module("cognitive"));
    CHECK(fails(core.as_nothrow().get_state(), RANCOG_E_INVALID_HANDLE, "self: "));
}

// How to undo a decision is known to whoever opens the file next.
template <class Errors>
void a_decision_outlives_its_core_in_a_file()
{
    const folder files;
    const std::string options = R"({"path":")" + files.path() + R"(","seed":4})";
    std::string before, state;
    {
        const auto core = plain(rancog::basic_cognitive<Errors>::create(options, fixed_clock()));
        static_cast<void>(plain(core.decide(handovers(40, 0, R"(,"mode":"AUTONOMOUS","guards":{"LOW_CONFIDENCE":{"min":0}})"))));
        static_cast<void>(plain(core.report_outcome(seen(1, 25 * hour, 10))));
        CHECK(fails(rancog::nothrow::cognitive::create(options), RANCOG_E_BUSY, "path")); // this one has it
        before = plain(core.rollback(1));
        state = plain(core.get_state());
    }
    const auto core = plain(rancog::basic_cognitive<Errors>::create(options, fixed_clock()));
    CHECK(plain(core.rollback(1)).view() == before && has(before, R"("attribute":"cellIndividualOffset","after":0)"));
    const std::string again = plain(core.get_state());
    CHECK(again.substr(0, again.find(",\"integration\"")) == state.substr(0, state.find(",\"integration\"")));
}

template <class Errors>
void a_record_is_replayed()
{
    const folder files;
    {
        const auto core = plain(rancog::basic_cognitive<Errors>::create(R"({"record_to":")" + files.path() + "\"}"));
        static_cast<void>(plain(core.decide(handovers(40, 0))));
        static_cast<void>(decided(core)); // what the model answered is in the record
        static_cast<void>(plain(core.ingest(rows)));
        static_cast<void>(plain(core.get_state()));
    }
    const rancog::buffer report = plain(rancog::basic_cognitive<Errors>::replay(files.path(), fixed_clock()));
    CHECK(has(report, R"("calls":4,"equal":4,"different":[])") && has(report, R"("execution_time":0})"));
    CHECK(has(plain(rancog::basic_cognitive<Errors>::replay(files.path())), R"("calls":4,"equal":4,"different":[])"));
}

void threads_share_a_core_that_is_closed()
{
    rancog::nothrow::cognitive core = rancog::nothrow::cognitive::create({}, fixed_clock()).value();
    kit::close_under_threads(
        core, check_scale(100, 8), [&] { return core.decide_with(tilts, target, model); }, [&](const rancog::buffer &answer) { return has(answer, chosen); });
}

// The call that is under way finishes, also when nothing is left of the object it was begun on.
void a_model_closes_and_destroys_its_own_core()
{
    auto core = std::make_unique<rancog::nothrow::cognitive>(rancog::nothrow::cognitive::create().value());
    std::size_t count = 0;
    const auto answer = core->decide_with(tilts, target, [&](std::string_view question, places values) {
        if (++count == 2) {
            CHECK(core->close().has_value() && !core->is_open());
        } else if (count == 3) {
            core.reset();
        }
        model(question, values);
    });
    CHECK(count > 3 && !core && answer && has(*answer, chosen));
}

#if defined(__cpp_exceptions)
struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Whichever question it is that throws: no other is asked, the caller has the exception, and nothing was decided.
template <class Core>
void an_exception_ends_the_call(const Core &core)
{
    const rancog::cognitive thrower = core.as_throwing();
    const rancog::nothrow::cognitive checked = core.as_nothrow();
    int questions = 0;
    thrower.decide_with(tilts, target, [&](std::string_view question, places values) {
        questions++;
        model(question, values);
    });
    const double decisions = total(thrower);
    CHECK(questions >= 4 && decisions >= 1);
    for (int last = 1; last <= questions; last++) {
        int count = 0;
        const auto throws_at_last = [&](std::string_view question, places values) -> void {
            model(question, values);
            if (++count == last) {
                throw own_error("no such tilt");
            }
        };
        CHECK(kit::throws_own<own_error>("no such tilt", [&] { thrower.decide_with(tilts, target, throws_at_last); }));
        CHECK(count == last && total(thrower) == decisions);
        count = 0;
        const auto answer = checked.decide_with(tilts, target, throws_at_last);
        CHECK(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause() && count == last);
        CHECK(kit::throws_own<own_error>("no such tilt", [&] { static_cast<void>(answer.value()); }));
    }
    CHECK(kit::throws_own<own_error>("at once", [&] { thrower.decide_with(tilts, target, [&](std::string_view, places) -> bool { throw own_error("at once"); }); }));
    CHECK(total(thrower) == decisions && has(decided(thrower), chosen)); // it goes on as if nothing had been
}

void an_exception_of_a_model_reaches_the_caller()
{
    an_exception_ends_the_call(rancog::cognitive());
    an_exception_ends_the_call(rancog::cognitive({}, fixed_clock()));
    const rancog::loader loader;
    an_exception_ends_the_call(loader.load_module("cognitive").get_cognitive());
}

void an_exception_of_the_host_reaches_the_caller()
{
    bool throws = false;
    rancog::host host;
    host.now_ns = [&]() -> std::uint64_t {
        if (throws) {
            throw own_error("no clock");
        }
        return fixed_now;
    };
    const rancog::cognitive core({}, std::move(host));
    throws = true;
    CHECK(kit::throws_own<own_error>("no clock", [&] { core.decide(tilts); }));
    throws = false;
    CHECK(has(decided(core), chosen));

    const folder files;
    rancog::cognitive(R"({"record_to":")" + files.path() + "\"}").decide(tilts);
    rancog::host other;
    other.now_ns = []() -> std::uint64_t { throw own_error("none here either"); };
    CHECK(kit::throws_own<own_error>("none here either", [&] { rancog::cognitive::replay(files.path(), std::move(other)); }));
}

// A model may ask other cores, also for a decision, and deal with what they throw.
void a_model_uses_other_cores()
{
    const rancog::cognitive outer, inner;
    CHECK(kit::throws_own<own_error>("from within", [&] {
        outer.decide_with(tilts, target, [&](std::string_view, places) { inner.decide_with(tilts, target, [](std::string_view, places) { throw own_error("from within"); }); });
    }));
    const rancog::strange_loop loop;
    const rancog::buffer done = outer.decide_with(tilts, target, [&](std::string_view question, places values) {
        CHECK(kit::throws_own<own_error>("caught", [&] { inner.decide_with(tilts, target, [](std::string_view, places) { throw own_error("caught"); }); }));
        // The throughput that its users' demand leaves: t = half of what the tilt gives + half of itself.
        const double most = throughput(question);
        loop.solve_with(R"({"x0":[1]})", [&](rancog::span<const double> x, places fx) {
            fx[0] = (most + x[0]) / 2;
            values[0] = fx[0];
        });
    });
    CHECK(has(done, chosen));
}

template <class Errors>
void every_way()
{
    json_is_that_of_c<Errors>();
    decisions_are_made_watched_and_undone<Errors>();
    models_of_every_shape_are_asked<Errors>();
    a_model_that_tells_nothing_changes_nothing<Errors>();
    what_is_wrong_is_named<Errors>();
    the_host_and_other_handles<Errors>();
    a_loader_lends_its_core<Errors>();
    a_decision_outlives_its_core_in_a_file<Errors>();
    a_record_is_replayed<Errors>();
}
#endif

} // namespace

int main()
{
    RUN(json_is_that_of_c<rancog::returning>);
    RUN(decisions_are_made_watched_and_undone<rancog::returning>);
    RUN(models_of_every_shape_are_asked<rancog::returning>);
    RUN(a_model_that_tells_nothing_changes_nothing<rancog::returning>);
    RUN(what_is_wrong_is_named<rancog::returning>);
    RUN(the_host_and_other_handles<rancog::returning>);
    RUN(a_loader_lends_its_core<rancog::returning>);
    RUN(a_decision_outlives_its_core_in_a_file<rancog::returning>);
    RUN(a_record_is_replayed<rancog::returning>);
    RUN(threads_share_a_core_that_is_closed);
    RUN(a_model_closes_and_destroys_its_own_core);
#if defined(__cpp_exceptions)
    RUN(every_way<rancog::throwing>);
    RUN(an_exception_of_a_model_reaches_the_caller);
    RUN(an_exception_of_the_host_reaches_the_caller);
    RUN(a_model_uses_other_cores);
#endif
    return check_finish();
}
