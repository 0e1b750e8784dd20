#include "thread_state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_BYTES 1024

static __thread thread_state state;
static pthread_key_t at_end;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static int has_key;

extern pool_cache *leaf_thread_let_go(thread_state *thread);

/* Runs when the thread ends, also for threads that the library did not start. No managed code may be entered then; the leaf is none that needs it. */
static void end(void *thread)
{
    pool_cache *unneeded;
    while ((unneeded = leaf_thread_let_go(thread)) != NULL) {
        free(unneeded);
    }
    free(((thread_state *)thread)->message);
    memset(thread, 0, sizeof(thread_state));
}

static void prepare(void)
{
    has_key = pthread_key_create(&at_end, end) == 0;
}

thread_state *thread_state_get(void)
{
    return &state;
}

const char *thread_state_message(const thread_state *thread)
{
    return thread->status != 0 && thread->message ? thread->message : "";
}

/* Asks for end() when something is kept that it must let go; without that nothing may be kept. */
int32_t thread_state_will_end(void)
{
    pthread_once(&prepared, prepare);
    if (!state.is_known && has_key) {
        state.is_known = pthread_setspecific(at_end, &state) == 0;
    }
    return state.is_known;
}

/* A failure of this thread's call; the message is cut at MESSAGE_BYTES - 1, between characters. */
void thread_state_fail(int32_t status, const char *message, size_t length)
{
    state.status = status;
    if (!state.message && thread_state_will_end()) {
        state.message = malloc(MESSAGE_BYTES);
    }
    if (state.message) {
        if (length > MESSAGE_BYTES - 1) {
            length = MESSAGE_BYTES - 1;
            while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        memcpy(state.message, message, length);
        state.message[length] = 0;
    }
}
