using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Modules;

/// <summary>Plug-ins: their handlers come and go with them, and their code is never let go while it runs.</summary>
public class PluginModuleTests
{
    private const string Path = "/opt/tilt.so";
    private const int SoonMilliseconds = 5_000;

    private static readonly TaskSpec Tilt = new() { Type = new TaskType(TaskKind.Custom, "tilt") };

    private static ModuleLoader Loader(params TestPlugin[] plugins) => new(new LoaderOptions(), new FixedHost(), path => plugins.First(plugin => plugin.Path == path));

    private static TaskResult RunTilt(NanoScheduler scheduler)
    {
        scheduler.ScheduleTask(0, 0, Tilt, default);
        return Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted);
    }

    private static TestPlugin Registering(Func<int> run, Action? cleanUp = null) => new(Path)
    {
        OnInitialize = module => module.Register("tilt", new TestPlugin.Handler(run)),
        OnCleanUp = cleanUp ?? (() => { }),
    };

    [Fact]
    public void Its_handlers_run_and_are_gone_after_unloading()
    {
        TestPlugin plugin = Registering(() => 0);
        using ModuleLoader loader = Loader(plugin);
        PluginModule module = (PluginModule)loader.Load(Path, "settings"u8);
        Assert.Equal("settings"u8.ToArray(), module.Config.ToArray());
        Assert.Equal(["tilt"], Assert.Single(module.Interfaces).Functions);
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", default)).Core;   // was loaded with it
        Assert.Same(module.Scheduler.Core, scheduler);
        Assert.True(RunTilt(scheduler).Success);
        loader.Unload(Path);
        Assert.Equal(["initialize", "clean up", "close"], plugin.Calls);
        TaskResult late = RunTilt(scheduler);
        Assert.Equal("no handler is registered under 'tilt'", late.Error);
        Assert.Throws<InvalidInputException>(() => scheduler.ScheduleBatch([new BatchTask { Handler = 1 }], default));
    }

    [Fact]
    public void A_second_load_gives_the_same_and_another_configuration_is_refused()
    {
        TestPlugin plugin = Registering(() => 0);
        using ModuleLoader loader = Loader(plugin);
        Module module = loader.Load(Path, "a"u8);
        Assert.Same(module, loader.Load(Path, "a"u8));
        Assert.Same(module, loader.Load(Path, default));
        Assert.Throws<InvalidInputException>(() => loader.Load(Path, "b"u8));
        Assert.Equal(["initialize"], plugin.Calls);
    }

    [Fact]
    public void One_that_fails_leaves_nothing_behind()
    {
        TestPlugin plugin = new(Path)
        {
            OnInitialize = module =>
            {
                module.Register("tilt", new TestPlugin.Handler(() => 0));
                throw new InvalidInputException("name", "it returned 7");
            },
        };
        using ModuleLoader loader = Loader(plugin);
        Assert.Equal("name: it returned 7", Assert.Throws<InvalidInputException>(() => loader.Load(Path, default)).Message);
        Assert.Equal(["initialize", "close"], plugin.Calls);
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", default)).Core;
        Assert.Equal("no handler is registered under 'tilt'", RunTilt(scheduler).Error);
        loader.Unload("scheduler");   // nothing of the plug-in holds it
    }

    [Fact]
    public void A_handler_that_was_replaced_since_stays()
    {
        using ModuleLoader loader = Loader(Registering(() => 7));
        PluginModule module = (PluginModule)loader.Load(Path, default);
        module.Scheduler.Core.RegisterHandler("tilt", new TestPlugin.Handler(() => 0));
        loader.Unload(Path);
        Assert.True(RunTilt(module.Scheduler.Core).Success);
    }

    [Fact]
    public void Unloading_waits_for_a_handler_that_runs()
    {
        using ManualResetEventSlim begun = new(), go = new();
        bool ended = false;
        TestPlugin plugin = Registering(
            () =>
            {
                begun.Set();
                go.Wait(SoonMilliseconds);
                Volatile.Write(ref ended, true);
                return 0;
            },
            () => Assert.True(Volatile.Read(ref ended), "the code was let go while it ran"));
        using ModuleLoader loader = Loader(plugin);
        PluginModule module = (PluginModule)loader.Load(Path, default);
        TaskResult? result = null;
        Thread runner = new(() => result = RunTilt(module.Scheduler.Core));
        runner.Start();
        begun.Wait(SoonMilliseconds);
        Thread unloader = new(() => loader.Unload(Path));
        unloader.Start();
        Assert.False(unloader.Join(50), "it did not wait");
        Assert.Single(loader.Load("scheduler", default).Interfaces);   // the loader itself goes on
        go.Set();
        unloader.Join();
        runner.Join();
        Assert.True(result!.Success);
        Assert.Equal(["initialize", "clean up", "close"], plugin.Calls);
    }

    [Fact]
    public void Its_own_code_can_neither_unload_it_nor_wait_for_the_end_of_the_loader()
    {
        ModuleLoader? loader = null;
        List<string> refusals = [];
        void Try()
        {
            refusals.Add(Assert.Throws<BusyException>(() => loader!.Unload(Path)).Message);
            Assert.True(loader!.IsInside);
            loader.Load("temporal", default);   // other modules can be used
        }
        TestPlugin plugin = new(Path)
        {
            OnInitialize = module =>
            {
                Try();
                module.Register("tilt", new TestPlugin.Handler(() =>
                {
                    Try();
                    return 0;
                }));
            },
            OnCleanUp = Try,
        };
        loader = Loader(plugin);
        PluginModule module = (PluginModule)loader.Load(Path, default);
        Assert.False(loader.IsInside);
        TaskResult done = RunTilt(module.Scheduler.Core);
        Assert.True(done.Success, done.Error);
        loader.Unload(Path);
        Assert.Equal(3, refusals.Count);
        Assert.False(loader.IsInside);
        loader.Dispose();
    }

    [Fact]
    public void A_handler_that_runs_before_its_plugin_is_ready_cannot_end_the_loader()
    {
        using ManualResetEventSlim tried = new();
        ModuleLoader? loader = null;
        bool inside = false;
        TestPlugin plugin = new(Path)
        {
            OnInitialize = module =>
            {
                module.Register("tilt", new TestPlugin.Handler(() =>
                {
                    inside = loader!.IsInside;
                    Assert.Throws<BusyException>(() => loader.Load(Path, default));
                    tried.Set();
                    return 0;
                }));
                Thread runner = new(() => RunTilt(module.Scheduler.Core));
                runner.Start();
                Assert.True(tried.Wait(SoonMilliseconds), "the handler hung");
                runner.Join();
            },
        };
        using (loader = Loader(plugin))
        {
            loader.Load(Path, default);
        }
        Assert.True(inside);
    }

    [Fact]
    public void The_scheduler_stays_while_a_plugin_is_loaded()
    {
        using ModuleLoader loader = Loader(Registering(() => 0));
        loader.Load(Path, default);
        Assert.Equal($"name: the plug-in '{Path}' has its handlers in the scheduler; unload it first", Assert.Throws<InvalidInputException>(() => loader.Unload("scheduler")).Message);
        loader.Unload(Path);
        loader.Unload("scheduler");
    }

    [Fact]
    public void Plugins_end_before_the_cores_the_last_one_first()
    {
        List<string> order = [];
        NanoScheduler? scheduler = null;
        TestPlugin first = new("/first") { OnInitialize = module => scheduler = module.Scheduler.Core, OnCleanUp = () => Ended("first") };
        TestPlugin second = new("/second") { OnCleanUp = () => Ended("second") };
        ModuleLoader loader = Loader(first, second);
        loader.Load("/first", default);
        loader.Load("temporal", default);
        loader.Load("/second", default);
        loader.Dispose();
        Assert.Equal(["second", "first"], order);

        void Ended(string name)
        {
            scheduler!.GetNextExecutionTime();   // is still there
            order.Add(name);
        }
    }

    [Fact]
    public void The_end_of_the_loader_waits_for_an_unloading_on_another_thread()
    {
        using ManualResetEventSlim cleaning = new(), go = new();
        TestPlugin plugin = new(Path)
        {
            OnCleanUp = () =>
            {
                cleaning.Set();
                go.Wait(SoonMilliseconds);
            },
        };
        ModuleLoader loader = Loader(plugin);
        loader.Load(Path, default);
        Thread unloader = new(() => loader.Unload(Path));
        unloader.Start();
        cleaning.Wait(SoonMilliseconds);
        Thread ender = new(loader.Dispose);
        ender.Start();
        Assert.False(ender.Join(50), "it did not wait");
        go.Set();
        ender.Join();
        unloader.Join();
        Assert.Equal(["initialize", "clean up", "close"], plugin.Calls);
    }

    [Fact]
    public void Threads_that_want_a_plugin_while_it_is_loaded_wait_and_get_it()
    {
        using ManualResetEventSlim begun = new(), go = new();
        TestPlugin plugin = new(Path)
        {
            OnInitialize = _ =>
            {
                begun.Set();
                go.Wait(SoonMilliseconds);
            },
        };
        using ModuleLoader loader = Loader(plugin);
        Module?[] got = new Module?[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() => got[i] = loader.Load(Path, default)))];
        Array.ForEach(threads, thread => thread.Start());
        begun.Wait(SoonMilliseconds);
        Thread.Sleep(20);
        go.Set();
        Array.ForEach(threads, thread => thread.Join());
        Assert.NotNull(got[0]);
        Assert.All(got, module => Assert.Same(got[0], module));
        Assert.Equal(["initialize"], plugin.Calls);
    }

    [Fact]
    public void Tasks_run_while_plugins_come_and_go_and_none_runs_code_that_was_let_go()
    {
        int alive = 0;
        int ran = 0;
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), path =>
        {
            Volatile.Write(ref alive, 1);
            return new TestPlugin(path)
            {
                OnInitialize = module => module.Register("tilt", new TestPlugin.Handler(() =>
                {
                    Assert.Equal(1, Volatile.Read(ref alive));
                    Interlocked.Increment(ref ran);
                    return 0;
                })),
                OnCleanUp = () => Volatile.Write(ref alive, 0),
            };
        });
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", default)).Core;
        bool over = false;
        List<string> errors = [];
        Thread runner = new(() =>
        {
            while (!Volatile.Read(ref over))
            {
                TaskResult result = RunTilt(scheduler);
                if (!result.Success && result.Error != "no handler is registered under 'tilt'")
                {
                    errors.Add(result.Error!);
                }
            }
        });
        runner.Start();
        for (int i = 0; i < 300; i++)
        {
            loader.Load(Path, default);
            Thread.Yield();
            loader.Unload(Path);
        }
        loader.Load(Path, default);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ran) > 0, SoonMilliseconds));
        Volatile.Write(ref over, true);
        runner.Join();
        Assert.Empty(errors);
    }

    [Fact]
    public void A_configuration_beyond_the_bound_is_refused_before_the_code_is_opened()
    {
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), _ => throw new InvalidOperationException("opened"));
        Assert.Throws<LimitExceededException>(() => loader.Load(Path, new byte[LoaderLimits.PluginConfigBytesMax + 1]));
        Assert.Equal("opened", Assert.Throws<InvalidOperationException>(() => loader.Load(Path, default)).Message);
    }

    [Fact]
    public void A_path_with_a_nul_is_refused()
    {
        using ModuleLoader loader = Loader();
        Assert.Equal("name: has a NUL in it", Assert.Throws<InvalidInputException>(() => loader.Load("/opt/tilt\0.so", default)).Message);
    }
}
