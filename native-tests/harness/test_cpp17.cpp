// The header in C++17, included twice; compiled with exceptions and once more with -fno-exceptions -fno-rtti.
#include "rancognition.h"
#include "rancognition.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

#include "check.h"

namespace {

struct BufferFree {
    void operator()(std::uint8_t *buffer) const { rancog_buffer_free(buffer); }
};
struct CoreDestroy {
    void operator()(rancog_temporal *core) const { rancog_temporal_destroy(core); }
};
struct SchedulerDestroy {
    void operator()(rancog_scheduler *scheduler) const { rancog_scheduler_destroy(scheduler); }
};
using Buffer = std::unique_ptr<std::uint8_t, BufferFree>;
using Core = std::unique_ptr<rancog_temporal, CoreDestroy>;

static_assert(std::is_standard_layout_v<rancog_host>);
static_assert(std::is_trivial_v<rancog_host>);
static_assert(offsetof(rancog_host, struct_size) == 0);
static_assert(std::is_same_v<decltype(rancog_last_status()), std::int32_t>);
static_assert(std::is_same_v<decltype(rancog_buffers_outstanding()), std::uint64_t>);

std::uint64_t fixed_clock(void *) { return 1600000000000000000u; }

std::string_view text_of(const Buffer &buffer)
{
    const std::uint8_t *b = buffer.get();
    const std::size_t length = b[0] | std::size_t{b[1]} << 8 | std::size_t{b[2]} << 16 | std::size_t{b[3]} << 24;
    return {reinterpret_cast<const char *>(b + 4), length};
}

void a_problem_is_answered_from_cpp()
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = fixed_clock;
    const Core core{rancog_temporal_create(50, 8, &host)};
    constexpr std::string_view problem =
        R"({"id":"cpp","network_id":"n","problem_type":"TemporalAnalysis","current_state":{"m":1.5},"objectives":[],"constraints":[]})";
    const Buffer result{rancog_temporal_expand_subjective_time(
        core.get(), reinterpret_cast<const std::uint8_t *>(problem.data()), problem.size(), nullptr, 0)};
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(text_of(result).find("\"problem_id\":\"cpp\"") != std::string_view::npos);
}

void a_lambda_handles_a_task()
{
    const std::unique_ptr<rancog_scheduler, SchedulerDestroy> scheduler{rancog_scheduler_create(nullptr, 0, nullptr)};
    constexpr std::string_view name = "tilt", type = R"({"Custom":"tilt"})";
    const auto bytes = [](std::string_view text) { return reinterpret_cast<const std::uint8_t *>(text.data()); };
    bool right = false;
    CHECK(rancog_scheduler_register_handler(
              scheduler.get(), bytes(name), name.size(),
              [](std::uint64_t, std::uint64_t, const std::uint8_t *data, std::size_t length, rancog_reply *reply, void *user_data) -> std::int32_t {
                  *static_cast<bool *>(user_data) = length == 1 && *data == '4';
                  return rancog_reply_write(reply, data, length);
              },
              &right) == 1);
    CHECK(rancog_scheduler_schedule_task(scheduler.get(), 0, 0, bytes(type), type.size(), bytes("4"), 1) == 1);
    const Buffer result{rancog_scheduler_execute_ready_tasks(scheduler.get(), 10)};
    CHECK(right);
    CHECK(text_of(result).find(R"("data":{"Ok":4})") != std::string_view::npos);
}

void a_failure_is_a_status_not_an_exception()
{
    const Buffer result{rancog_temporal_expand_subjective_time(nullptr, nullptr, 0, nullptr, 0)};
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(text_of(result).substr(0, 13) == "{\"error\":true");
}

} // namespace

int main()
{
    RUN(a_problem_is_answered_from_cpp);
    RUN(a_lambda_handles_a_task);
    RUN(a_failure_is_a_status_not_an_exception);
    return check_finish();
}
