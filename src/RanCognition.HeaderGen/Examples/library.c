#include <inttypes.h>
#include <stdio.h>
#include "rancognition.h"

int main(void)
{
    if (rancog_abi_version() != RANCOG_ABI_VERSION) { // for programs that load it by name
        fprintf(stderr, "made for another ABI than that of %s\n", rancog_version_string());
        return 1;
    }
    uint64_t begun = rancog_nanotime();
    uint8_t *info = rancog_runtime_info();
    if (info == NULL) // memory is exhausted
        return 1;
    printf("%.10s..\n", (const char *)info + 4);

    uint8_t *page = rancog_report_render((const uint8_t *)"{\"id\":", 6); // a mistake
    if (rancog_last_status() != RANCOG_OK)
        printf("status %d: %s\n", (int)rancog_last_status(), rancog_last_error_message());
    printf("%" PRIu64 " buffers to free\n", rancog_buffers_outstanding()); // an error is one
    rancog_buffer_free(page);
    rancog_buffer_free(info);
    printf("%" PRIu64 " left\n", rancog_buffers_outstanding());
    return rancog_nanotime() < begun; // time never goes back
}
// Prints:
// {"version"..
// status -3: result: /id: not valid JSON at byte 6
// 2 buffers to free
// 0 left
