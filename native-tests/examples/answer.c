#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rancognition.h"

const char *text_or_exit(const uint8_t *result)
{
    if (rancog_last_status() != RANCOG_OK) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        exit(1);
    }
    return (const char *)result + 4;
}

void write_page(const char *result, const char *path)
{
    uint8_t *page = rancog_report_render((const uint8_t *)result, strlen(result));
    const char *text = text_or_exit(page);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        fprintf(stderr, "cannot write %s\n", path);
        exit(1);
    }
    rancog_buffer_free(page);
}

const char *path_beside(const char *path, const char *what, char *beside, size_t room)
{
    size_t length = strlen(path);
    length -= length > 5 && strcmp(path + length - 5, ".html") == 0 ? 5 : 0;
    snprintf(beside, room, "%.*s-%s.html", (int)length, path, what);
    return beside;
}
