/* A shared object that is no plug-in. */
int plugin_nothing_says(void);

int plugin_nothing_says(void)
{
    return 1;
}
