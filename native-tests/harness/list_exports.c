/* Prints the exports that the harness knows, one a line; linking it proves that each of them exists with a declaration. */
#include <stdio.h>

#include "rancognition.h"

typedef void (*any_function)(void);

static const struct {
    const char *name;
    any_function address;
} known[] = {
#define EXPORT(function, program) {#function, (any_function)function},
#include "exports.def"
#undef EXPORT
};

int main(void)
{
    size_t i;
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!known[i].address) {
            return 1;
        }
        printf("%s\n", known[i].name);
    }
    return 0;
}
