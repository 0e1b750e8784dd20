// A pool under the containers of the standard library.
#include <cstring>
#include <map>
#include <random>
#include <thread>

#include "kit.hpp"

namespace {

constexpr const char *budget = R"({"budget_bytes":16777216})";

bool stands(const rancog::pool &pool, const char *part) { return kit::has(pool.get_stats().view(), part); }

unsigned long refused(const rancog::pool &pool)
{
    const std::string stats = pool.get_stats();
    return std::stoul(stats.substr(stats.find(R"("refused":)") + 10));
}

void containers_live_in_a_pool()
{
    const rancog::pool pool(budget);
    {
        rancog::pool_resource memory(pool);
        std::pmr::vector<std::pmr::string> names(&memory);
        std::pmr::map<int, std::pmr::string> cells(&memory);
        for (int i = 0; i < 1000; i++) {
            names.emplace_back("a name that is too long to be kept inside of a string " + std::to_string(i));
            cells.emplace(i, names.back());
        }
        CHECK(cells.at(777) == names[777] && names.get_allocator().resource() == &memory);
        CHECK(pool.get_stats().view().find(R"("live_blocks":0,)") == std::string_view::npos);
        std::vector<int, std::pmr::polymorphic_allocator<int>> numbers(100, 7, &memory);
        CHECK(numbers[99] == 7);
    }
    CHECK(stands(pool, R"("live_blocks":0)") && stands(pool, R"("refused":0)"));
}

// Blocks of random sizes and alignments: aligned, apart, and all of them taken back.
void every_alignment_is_kept()
{
    for (unsigned seed = 1; seed <= 5; seed++) {
        const rancog::pool pool(budget);
        rancog::pool_resource memory(pool);
        struct block {
            unsigned char *place;
            std::size_t bytes, alignment;
            unsigned char fill;
        };
        std::vector<block> blocks;
        std::mt19937 random(seed);
        bool intact = true;
        const auto give_back = [&](const block &of) {
            for (std::size_t i = 0; i < of.bytes; i++) {
                intact = intact && of.place[i] == of.fill;
            }
            memory.deallocate(of.place, of.bytes, of.alignment);
        };
        for (std::size_t turn = 0; turn < check_scale(2000, 100); turn++) {
            const std::size_t alignment = std::size_t{1} << random() % 17, bytes = random() % (random() % 4 ? 300 : 20000);
            auto *const place = static_cast<unsigned char *>(memory.allocate(bytes, alignment));
            CHECK(reinterpret_cast<std::uintptr_t>(place) % alignment == 0);
            const auto fill = static_cast<unsigned char>(turn);
            std::memset(place, fill, bytes);
            blocks.push_back({place, bytes, alignment, fill});
            if (blocks.size() > 60) {
                std::swap(blocks[random() % blocks.size()], blocks.back());
                give_back(blocks.back());
                blocks.pop_back();
            }
        }
        for (const block &left : blocks) {
            give_back(left);
        }
        CHECK(intact);
        CHECK(stands(pool, R"("live_blocks":0)") && stands(pool, R"("refused":0)"));
    }
}

template <class Function>
bool out_of_memory(Function function)
{
    try {
        function();
    } catch (const std::bad_alloc &) {
        return true;
    }
    return false;
}

void what_has_no_room_is_bad_alloc()
{
    rancog::pool pool(R"({"budget_bytes":65536})");
    rancog::pool_resource memory(pool);
    CHECK(out_of_memory([&] { static_cast<void>(memory.allocate(1000000)); }));
    CHECK(out_of_memory([&] { static_cast<void>(memory.allocate(std::numeric_limits<std::size_t>::max() - 8, 8192)); }));
    CHECK(out_of_memory([&] { std::pmr::vector<int> numbers(1000000, &memory); }));
    const unsigned long before = refused(pool);
    void *const block = memory.allocate(64);
    memory.deallocate(block, 32); // another size: refused, counted
    CHECK(refused(pool) == before + 1 && stands(pool, R"("live_blocks":1)"));
    memory.deallocate(block, 64);
    rancog::pool other(budget);
    CHECK(memory.is_equal(rancog::pool_resource(pool)) && !memory.is_equal(rancog::pool_resource(other)) && !memory.is_equal(*std::pmr::new_delete_resource()));
    pool.close();
    CHECK(out_of_memory([&] { static_cast<void>(memory.allocate(16)); }));
}

void eight_threads_share_a_resource()
{
    const rancog::pool pool(budget);
    rancog::pool_resource memory(pool);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; t++) {
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < check_scale(200, 5); i++) {
                std::pmr::vector<std::pmr::string> names(&memory);
                names.resize(20, "longer than what a string keeps inside itself");
                CHECK(names[19] == names[0]);
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    CHECK(stands(pool, R"("live_blocks":0)") && stands(pool, R"("refused":0)"));
}

} // namespace

int main()
{
    RUN(containers_live_in_a_pool);
    RUN(every_alignment_is_kept);
    RUN(what_has_no_room_is_bad_alloc);
    RUN(eight_threads_share_a_resource);
    return check_finish();
}
