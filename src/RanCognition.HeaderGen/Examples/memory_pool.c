#include <stdio.h>
#include <string.h>
#include "rancognition.h"

int main(void)
{
    static const char options[] = "{\"budget_bytes\":1048576}";
    rancog_pool *pool = rancog_pool_create((const uint8_t *)options, sizeof options - 1, NULL);
    char *name = rancog_pool_allocate(pool, 32); // NULL also when there is no pool
    if (name == NULL) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 1;
    }
    strcpy(name, "cell-7");
    if (rancog_pool_allocate(pool, 2097152) == NULL) // beyond the budget: RANCOG_E_LIMIT
        printf("status %d: %s\n", (int)rancog_last_status(), rancog_last_error_message());
    uint8_t *stats = rancog_pool_get_stats(pool);
    if (stats != NULL)
        printf("%s: %.21s\n", name, (const char *)stats + 4);
    rancog_buffer_free(stats);
    int failed = rancog_pool_deallocate(pool, name, 32) != RANCOG_OK;
    if (rancog_pool_deallocate(pool, name, 32) != RANCOG_OK) // a mistake, refused
        printf("status %d: %s\n", (int)rancog_last_status(), rancog_last_error_message());
    rancog_pool_destroy(pool); // blocks that were not freed go with it
    return failed;
}
// Prints:
// status -7: size: 2097152 bytes are more than the budget has room for: ...
// cell-7: {"total_allocated":32
// status -1: block: was freed already
