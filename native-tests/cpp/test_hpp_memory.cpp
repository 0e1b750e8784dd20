// The memory through rancognition.hpp, with errors as exceptions and as values: results are those of the C functions, hits those of a
// plain search; what goes wrong, on several threads, and in a file. Compiled with exceptions and without.
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#include "kit.hpp"

namespace {

using kit::fails;
using kit::has;
using kit::plain;

constexpr std::uint64_t fixed_now = 1600000000000000000u;
constexpr std::size_t dimension = 6;

rancog::host fixed_clock()
{
    rancog::host host;
    host.now_ns = [] { return fixed_now; };
    return host;
}

rancog_memory *memory_of_c(std::string_view options = {})
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = [](void *) { return fixed_now; };
    return rancog_memory_create(reinterpret_cast<const std::uint8_t *>(options.data()), options.size(), &host);
}

// A folder for files, gone with it.
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
        for (const char *ending : {"", "-wal", "-shm", "-journal", ".lock", "-lock"}) {
            unlink((path() + ending).c_str());
        }
        if (rmdir(name_.c_str()) != 0) {
            std::printf("  left behind: %s\n", name_.c_str());
        }
    }

    std::string path() const { return name_ + "/experience.db"; }
    std::string options(const std::string &more = {}) const { return R"({"path":")" + path() + '"' + more + '}'; }

private:
    std::string name_ = "/tmp/test_hpp_memory_XXXXXX";
};

// What happened in some hours; every third one has no reward yet.
struct hours {
    std::vector<std::array<float, dimension>> states;
    std::vector<std::string> documents;
    std::vector<rancog::episode> episodes;

    explicit hours(std::size_t n, unsigned seed = 1) : states(n), documents(n), episodes(n)
    {
        std::mt19937 random(seed);
        for (std::size_t i = 0; i < n; i++) {
            for (float &number : states[i]) {
                number = static_cast<float>(random() % 1000) / 100;
            }
            documents[i] = R"({"metadata":{"band":)" + std::to_string(i % 4) + "}}";
            rancog::episode &one = episodes[i];
            one.vector = states[i];
            one.document = documents[i];
            one.cell = i % 2 == 0 ? "c1" : "c2";
            one.time = std::chrono::seconds(i + 1);
            if (i % 3 != 0) {
                one.reward = static_cast<double>(i % 10) / 10;
                one.success = i % 10 >= 5;
            }
        }
    }
};

template <class Errors>
void json_is_that_of_c()
{
    const auto memory = plain(rancog::basic_memory<Errors>::create(R"({"unknown":1})", fixed_clock()));
    rancog_memory *const c = memory_of_c(R"({"unknown":1})");
    const auto same = [&](const rancog::buffer &ours, std::uint8_t *(*function)(rancog_memory *, const std::uint8_t *, std::size_t), std::string_view text) {
        const rancog::buffer theirs(function(c, reinterpret_cast<const std::uint8_t *>(text.data()), text.size()));
        return rancog_last_status() == RANCOG_OK && !ours.empty() && ours.view() == theirs.view() && has(ours, "{");
    };
    std::string nights = "[";
    for (int i = 0; i < 30; i++) {
        nights += (i ? "," : "") + std::string(R"({"situation":{"RRU.PrbTotDl":)") + std::to_string(i * 37 % 100) + R"(,"RRC.ConnMean":)" +
                  std::to_string(i * 11 % 17) + R"(},"action":[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","before":1,"after":)" +
                  std::to_string(2 + i % 2) + R"(}],"success":)" + (i % 3 ? "true" : "false") + R"(,"text":"night )" + std::to_string(i) + "\"}";
    }
    nights += "]";
    CHECK(same(plain(memory.store(nights)), &rancog_memory_store, nights));
    for (const std::string_view query : {R"({"situation":{"RRU.PrbTotDl":50},"k":4,"explain":true})", R"({"like":3,"k":2,"filter":{"success":true}})",
                                         R"({"text":"night","k":1})"}) {
        CHECK(same(plain(memory.recall(query)), &rancog_memory_recall, query));
    }
    constexpr std::string_view outcome = R"({"id":7,"outcome":{"DRB.UEThpDl":31.5},"reward":0.7})";
    CHECK(same(plain(memory.update(outcome)), &rancog_memory_update, outcome));
    constexpr std::string_view skills = R"({"op":"skills","min_count":2})";
    CHECK(same(plain(memory.analyze(skills)), &rancog_memory_analyze, skills));
    static_cast<void>(memory.remove(9));
    CHECK(rancog_last_status() == RANCOG_OK && rancog_memory_remove(c, 9) == RANCOG_OK);
    static_cast<void>(memory.flush());
    CHECK(rancog_last_status() == RANCOG_OK && rancog_memory_flush(c) == RANCOG_OK);
    const rancog::buffer stats = plain(memory.get_stats()), theirs(rancog_memory_get_stats(c));
    CHECK(stats.view() == theirs.view() && has(stats, R"("episodes":29)") && has(stats, "unknown"));
    rancog_memory_destroy(c);
}

// Ids of the nearest, as a plain search in double precision has them.
template <class Satisfies>
std::vector<std::uint64_t> nearest(const hours &of, const std::array<float, dimension> &query, std::size_t k, Satisfies satisfies)
{
    std::vector<std::pair<double, std::uint64_t>> found;
    for (std::size_t i = 0; i < of.states.size(); i++) {
        double sum = 0;
        for (std::size_t j = 0; j < dimension; j++) {
            const double difference = static_cast<double>(of.states[i][j]) - static_cast<double>(query[j]);
            sum += difference * difference;
        }
        if (satisfies(of.episodes[i], i)) {
            found.emplace_back(std::sqrt(sum), i + 1);
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<std::uint64_t> ids;
    for (std::size_t i = 0; i < std::min(k, found.size()); i++) {
        ids.push_back(found[i].second);
    }
    return ids;
}

template <class Errors>
void hits_are_those_of_a_plain_search()
{
    const auto memory = plain(rancog::basic_memory<Errors>::create({}, fixed_clock()));
    const hours past(300);
    const std::vector<std::uint64_t> ids = plain(memory.append(past.episodes));
    CHECK(ids.size() == 300 && ids.front() == 1 && ids.back() == 300);
    const std::array<float, dimension> query{5, 5, 5, 1, 9, 5};
    const auto agrees = [&](std::size_t k, const rancog::filter &which, auto satisfies) {
        const std::vector<std::uint64_t> expected = nearest(past, query, k, satisfies);
        const std::vector<rancog::hit> hits = plain(memory.search(query, k, which));
        std::vector<rancog::hit> room(k + 2);
        const std::size_t written = plain(memory.search(query, k, rancog::span<rancog::hit>(room), which));
        bool same = hits.size() == expected.size() && written == expected.size() && !expected.empty();
        for (std::size_t i = 0; same && i < expected.size(); i++) {
            const rancog::episode &one = past.episodes[expected[i] - 1];
            same = hits[i].id == expected[i] && room[i].id == expected[i] && room[i].distance == hits[i].distance && hits[i].time_ns == one.time.count() &&
                   (hits[i].reward == one.reward || (std::isnan(hits[i].reward) && std::isnan(one.reward)));
        }
        return same;
    };
    using rancog::episode, rancog::filter;
    CHECK(agrees(10, {}, [](const episode &, std::size_t) { return true; }));
    CHECK(agrees(10, filter().cell("c2"), [](const episode &one, std::size_t) { return one.cell == "c2"; }));
    CHECK(agrees(300, filter().cell("c2").cell(""), [](const episode &, std::size_t) { return true; }));
    CHECK(agrees(50, filter().from(std::chrono::seconds(100)), [](const episode &, std::size_t i) { return i + 1 >= 100; }));
    CHECK(agrees(50, filter().until(std::chrono::seconds(100)), [](const episode &, std::size_t i) { return i + 1 < 100; }));
    CHECK(agrees(50, filter().from(50'000'000'000u).until(std::chrono::seconds(60)), [](const episode &, std::size_t i) { return i + 1 >= 50 && i + 1 < 60; }));
    CHECK(agrees(50, filter().min_reward(0.4).max_reward(0.6), [](const episode &one, std::size_t) { return one.reward >= 0.4 && one.reward <= 0.6; }));
    CHECK(agrees(80, filter().success(true), [](const episode &one, std::size_t) { return one.success && *one.success; }));
    CHECK(agrees(80, filter().success(false), [](const episode &one, std::size_t) { return one.success && !*one.success; }));
    CHECK(agrees(20, filter().cell("c1").success(true).where(R"({"metadata.band":{"$in":[2,3]}})"),
                 [](const episode &one, std::size_t i) { return one.cell == "c1" && one.success && *one.success && i % 4 >= 2; }));
    filter kept;
    kept.where(std::string(R"({"metadata.band":1})")); // the text is gone, the filter has its own
    const filter copy = kept;
    kept.where("").cell(std::string("c1"));
    CHECK(agrees(20, copy, [](const episode &, std::size_t i) { return i % 4 == 1; }));
    CHECK(agrees(20, kept, [](const episode &one, std::size_t) { return one.cell == "c1"; }));
}

template <class Errors>
void episodes_are_appended_in_every_way()
{
    const auto memory = plain(rancog::basic_memory<Errors>::create({}, fixed_clock()));
    const std::array<float, 2> state{1, 2};
    rancog::episode one;
    one.vector = state;
    CHECK(plain(memory.append(one)) == 1);
    one.id = 40;
    CHECK(plain(memory.append(one, rancog::durability::sync)) == 40);
    one.id = 0;
    CHECK((plain(memory.append({one, one}, rancog::durability::none)) == std::vector<std::uint64_t>{41, 42}));
    const std::vector<rancog_episode> raw(3, one.raw());
    std::vector<std::uint64_t> ids(3);
    static_cast<void>(memory.append(raw, ids));
    CHECK((ids == std::vector<std::uint64_t>{43, 44, 45}));
    static_cast<void>(memory.append(raw));
    CHECK(rancog_last_status() == RANCOG_OK);
    rancog::episode described;
    described.document = R"({"situation":{"RRU.PrbTotDl":70},"text":"no vector"})";
    CHECK(plain(memory.append(described, rancog::durability::group)) == 49);
#if __cplusplus >= 202002L
    CHECK(plain(memory.append({.vector = state, .cell = "c1", .success = true})) == 50);
#else
    CHECK(plain(memory.append(described)) == 50);
#endif
    const std::vector<rancog::hit> first = plain(memory.search(state, 1));
    CHECK(first.size() == 1 && first[0].id == 1 && first[0].distance == 0 && first[0].time_ns == fixed_now && std::isnan(first[0].reward));
    CHECK(has(plain(memory.recall(R"({"text":"vector"})")), R"("id":49)"));
    CHECK(has(plain(memory.get_stats()), R"("episodes":12,"dimension":2)"));
}

template <class Errors>
void what_is_wrong_is_named_and_changes_nothing()
{
    const auto thrower = plain(rancog::basic_memory<Errors>::create({}, fixed_clock()));
    const rancog::nothrow::memory memory = thrower.as_nothrow();
    hours past(4);
    static_cast<void>(thrower.append(past.episodes));
    const std::string before = plain(memory.get_stats());
    const std::array<float, dimension> query{};
    const std::array<float, 2> other{};

    past.episodes[2].time = std::chrono::seconds(-1);
    CHECK(fails(memory.append(past.episodes), RANCOG_E_INVALID_ARGUMENT, "episodes[2].time_ns: is negative"));
    CHECK(fails(memory.append(past.episodes[2]), RANCOG_E_INVALID_ARGUMENT, "episodes[0].time_ns: is negative"));
    past.episodes[2].time = 0;
    past.episodes[2].vector = other;
    CHECK(fails(memory.append(past.episodes), RANCOG_E_INVALID_ARGUMENT, "vector: has 2 numbers"));
    past.episodes[2].vector = query;
    past.episodes[2].document = "{\"metadata\":";
    CHECK(fails(memory.append(past.episodes), RANCOG_E_INVALID_JSON, "episodes[2].document"));
    past.episodes[2].document = {};
    past.episodes[2].reward = HUGE_VAL;
    CHECK(fails(memory.append(past.episodes), RANCOG_E_INVALID_ARGUMENT, "episodes[2].reward"));
    past.episodes[2].reward = 1;
    CHECK(fails(memory.append(past.episodes, static_cast<rancog::durability>(3)), RANCOG_E_INVALID_ARGUMENT, "durability"));
    CHECK(fails(memory.append(rancog::span<const rancog::episode>()), RANCOG_E_INVALID_ARGUMENT, ""));
    const std::array<rancog_episode, 2> raw{past.episodes[0].raw(), past.episodes[1].raw()};
    std::array<std::uint64_t, 1> ids{77};
    CHECK(fails(memory.append(raw, ids), RANCOG_E_INVALID_ARGUMENT, "ids: has 1 elements, episodes has 2") && ids[0] == 77);

    CHECK(fails(memory.search(query, 0), RANCOG_E_INVALID_ARGUMENT, "k: "));
    CHECK(fails(memory.search(query, 5), RANCOG_E_INVALID_ARGUMENT, "k: "));
    CHECK(!memory.search(query, rancog::all));
    CHECK(fails(memory.search(other, 1), RANCOG_E_INVALID_ARGUMENT, "query"));
    CHECK(fails(memory.search(rancog::span<const float>(), 1), RANCOG_E_INVALID_ARGUMENT, "query"));
    CHECK(fails(memory.search(query, 1, rancog::filter().from(-1)), RANCOG_E_INVALID_ARGUMENT, "filter->from_ns: is negative"));
    CHECK(fails(memory.search(query, 1, rancog::filter().until(std::chrono::seconds(-1))), RANCOG_E_INVALID_ARGUMENT, "filter->until_ns: is negative"));
    CHECK(fails(memory.search(query, 1, rancog::filter().min_reward(std::nan(""))), RANCOG_E_INVALID_ARGUMENT, "filter->min_reward"));
    CHECK(fails(memory.search(query, 1, rancog::filter().where(R"({"cell":{"$like":"c"}})")), RANCOG_E_INVALID_ARGUMENT, "$like"));
    std::array<rancog::hit, 2> room{};
    CHECK(!memory.search(query, 3, rancog::span<rancog::hit>(room)) && room[0].id == 0);
    CHECK(!memory.search(query, 1, rancog::span<rancog::hit>()));

    CHECK(fails(memory.remove(99), RANCOG_E_NOT_FOUND, "99"));
    CHECK(fails(memory.update(R"({"id":99,"reward":1})"), RANCOG_E_NOT_FOUND, "99"));
    CHECK(fails(memory.store("{}"), RANCOG_E_INVALID_ARGUMENT, "situation"));
    CHECK(fails(memory.recall("{"), RANCOG_E_INVALID_JSON, "query"));
    CHECK(fails(memory.analyze(R"({"op":"dream"})"), RANCOG_E_INVALID_JSON, "dream"));
    CHECK(fails(rancog::nothrow::memory::create(R"({"dimension":0})"), RANCOG_E_INVALID_ARGUMENT, "dimension"));
    CHECK(plain(memory.get_stats()).view() == before);
}

template <class Errors>
void a_file_is_there_the_next_time()
{
    const folder place;
    const hours past(50);
    std::vector<rancog::hit> found;
    {
        auto memory = plain(rancog::basic_memory<Errors>::create(place.options(R"(,"durability":"none")"), fixed_clock()));
        static_cast<void>(plain(memory.append(past.episodes, rancog::durability::sync)));
        found = plain(memory.search(past.states[7], 5));
        static_cast<void>(memory.close());
        CHECK(rancog_last_status() == RANCOG_OK);
    }
    const auto memory = plain(rancog::basic_memory<Errors>::create(place.options(), fixed_clock()));
    const std::vector<rancog::hit> again = plain(memory.search(past.states[7], 5));
    CHECK(again.size() == 5 && again[0].id == 8);
    for (std::size_t i = 0; i < again.size(); i++) {
        CHECK(again[i].id == found[i].id && again[i].distance == found[i].distance && again[i].time_ns == found[i].time_ns);
    }
}

// Files of this process may not grow, as on a device that is full.
class full_device {
public:
    full_device()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit full = before_;
        full.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &full);
    }
    full_device(const full_device &) = delete;
    full_device &operator=(const full_device &) = delete;
    ~full_device()
    {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

private:
    rlimit before_{};
};

void a_full_device_is_a_storage_error()
{
    const folder place;
    const rancog::nothrow::memory memory = rancog::nothrow::memory::create(place.options()).value();
    const hours past(100);
    static_cast<void>(plain(memory.append(past.episodes)));
    const auto refused = [&] {
        const full_device full;
        return memory.append(past.episodes);
    }();
    CHECK(fails(refused, RANCOG_E_STORAGE, "") && std::string_view(refused.error().name()) == "RANCOG_E_STORAGE");
    CHECK(has(plain(memory.get_stats()), R"("episodes":100,)"));
#if defined(__cpp_exceptions)
    const rancog::memory thrower = memory.as_throwing();
    bool is_caught = false;
    try {
        const full_device full;
        thrower.append(past.episodes);
    } catch (const rancog::storage_error &error) {
        is_caught = error.status() == RANCOG_E_STORAGE && std::string_view(error.what()).size() > 0;
    }
    CHECK(is_caught);
    CHECK(kit::throws(RANCOG_E_STORAGE, refused.error().what(), [&] { static_cast<void>(refused.value()); })); // a storage_error is an error
#endif
    CHECK(plain(memory.append(past.episodes)).size() == 100); // there is room again
    CHECK(has(plain(memory.get_stats()), R"("episodes":200,)"));
}

template <class Errors>
void a_loader_lends_its_memory()
{
    auto loader = plain(rancog::basic_loader<Errors>::create({}, fixed_clock()));
    auto memory = plain(plain(loader.load_module("memory", R"({"metric":"cosine"})")).get_memory());
    CHECK(plain(memory.append(hours(1).episodes[0])) == 1);
    const auto again = plain(plain(loader.load_module("memory")).get_memory());
    CHECK(again.raw() == memory.raw() && has(plain(again.get_stats()), R"("episodes":1,)") && has(plain(again.get_stats()), R"("metric":"cosine")"));
    const auto module = plain(loader.load_module("temporal"));
    CHECK(fails(module.as_nothrow().get_memory(), RANCOG_E_INVALID_ARGUMENT, "which has no memory core"));
    static_cast<void>(loader.unload_module("memory"));
    CHECK(fails(memory.as_nothrow().get_stats(), RANCOG_E_INVALID_HANDLE, "self: "));
}

void readers_and_a_writer_share_a_memory()
{
    rancog::nothrow::memory memory = rancog::nothrow::memory::create().value();
    const hours past(64);
    static_cast<void>(plain(memory.append(past.episodes)));
    std::atomic<bool> over{false};
    std::atomic<std::size_t> searched{0};
    std::vector<std::thread> readers;
    for (std::size_t reader = 0; reader < 4; reader++) {
        readers.emplace_back([&, reader] {
            const auto &state = past.states[reader];
            while (!over) {
                const auto hits = memory.search(state, 3);
                if (!hits) {
                    CHECK(hits.error().status() == RANCOG_E_INVALID_HANDLE); // closed below
                    return;
                }
                CHECK(hits.value().size() == 3 && hits.value()[0].id == reader + 1 && hits.value()[0].distance == 0);
                searched++;
            }
        });
    }
    const hours later(8, 2);
    for (std::size_t i = 0; i < check_scale(100, 5) || searched < 4; i++) {
        const std::vector<std::uint64_t> ids = plain(memory.append(later.episodes));
        for (const std::uint64_t id : ids) {
            CHECK(memory.remove(id).has_value());
        }
    }
    CHECK(has(plain(memory.get_stats()), R"("episodes":64,)"));
    CHECK(memory.close().has_value());
    over = true;
    for (auto &reader : readers) {
        reader.join();
    }
}

#if defined(__cpp_exceptions)
void an_exception_of_the_clock_reaches_the_caller()
{
    struct own_error : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    bool is_broken = false;
    rancog::host host;
    host.now_ns = [&]() -> std::uint64_t {
        if (is_broken) {
            throw own_error("no clock");
        }
        return fixed_now;
    };
    const rancog::memory memory({}, std::move(host));
    is_broken = true;
    CHECK(kit::throws_own<own_error>("no clock", [&] { memory.store(R"({"vector":[1,2]})"); }));
    const auto answer = memory.as_nothrow().recall(R"({"vector":[1,2],"k":1})");
    CHECK(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause());
    is_broken = false;
    CHECK(has(memory.recall(R"({"vector":[1,2],"k":1})"), R"("id":1)")); // what was stored stays
}
#endif

template <class Errors>
void every_way()
{
    json_is_that_of_c<Errors>();
    hits_are_those_of_a_plain_search<Errors>();
    episodes_are_appended_in_every_way<Errors>();
    what_is_wrong_is_named_and_changes_nothing<Errors>();
    a_file_is_there_the_next_time<Errors>();
    a_loader_lends_its_memory<Errors>();
}

} // namespace

int main()
{
    RUN(json_is_that_of_c<rancog::returning>);
    RUN(hits_are_those_of_a_plain_search<rancog::returning>);
    RUN(episodes_are_appended_in_every_way<rancog::returning>);
    RUN(what_is_wrong_is_named_and_changes_nothing<rancog::returning>);
    RUN(a_file_is_there_the_next_time<rancog::returning>);
    RUN(a_loader_lends_its_memory<rancog::returning>);
    RUN(a_full_device_is_a_storage_error);
    RUN(readers_and_a_writer_share_a_memory);
#if defined(__cpp_exceptions)
    RUN(every_way<rancog::throwing>);
    RUN(an_exception_of_the_clock_reaches_the_caller);
#endif
    return check_finish();
}
