using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>A plug-in: code from outside the library that registers task handlers with the loader's scheduler.</summary>
public sealed class PluginModule : Module
{
    private readonly byte[] _config;
    private readonly IPlugin _plugin;
    private readonly HandlerGroup _group = new();
    private readonly List<Registration> _registrations = [];
    private int _closingThread;

    internal PluginModule(string path, ReadOnlySpan<byte> config, SchedulerModule scheduler, Func<string, IPlugin> open)
        : base(path)
    {
        if (config.Length > LoaderLimits.PluginConfigBytesMax)
        {
            throw new LimitExceededException("config", $"{config.Length} bytes, at most {LoaderLimits.PluginConfigBytesMax}");
        }
        _config = config.ToArray();
        Scheduler = scheduler;
        _plugin = open(path);
    }

    /// <summary>The scheduler of its loader.</summary>
    public SchedulerModule Scheduler { get; }

    /// <summary>The configuration that it was loaded with, as it is.</summary>
    public ReadOnlyMemory<byte> Config => _config;

    public override IReadOnlyList<ModuleInterface> Interfaces => [new ModuleInterface("tasks", [.. _registrations.Select(registration => registration.Name).Distinct()])];

    public override IReadOnlyList<IgnoredField> Ignored => [];

    public override ulong UsedBytes => (ulong)_config.Length;

    internal override bool IsInside => _group.IsInside || _closingThread == Environment.CurrentManagedThreadId;

    /// <summary>Registers a handler that goes with this module. Only while the plug-in initialises.</summary>
    public uint Register(string name, TaskHandler handler)
    {
        TaskHandler guarded = _group.Guard(handler);
        uint number = Scheduler.Core.RegisterHandler(name, guarded);
        _registrations.Add(new Registration(name, number, guarded));
        return number;
    }

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config) => config.SequenceEqual(_config);

    internal override void Start()
    {
        try
        {
            _plugin.Initialize(this);
        }
        catch
        {
            RemoveHandlers();   // one may be running already
            _plugin.Close();
            throw;
        }
    }

    internal override void Close()
    {
        _closingThread = Environment.CurrentManagedThreadId;
        RemoveHandlers();
        _plugin.CleanUp();
        _plugin.Close();
    }

    private void RemoveHandlers()
    {
        foreach (Registration registration in _registrations)
        {
            Scheduler.Core.RemoveHandler(registration.Number, registration.Handler);
        }
        _group.CloseAndWait();
    }

    private readonly record struct Registration(string Name, uint Number, TaskHandler Handler);
}
