using RanCognition.Modules;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Modules;

/// <summary>A plug-in that does what a test tells it to, and writes down what was done with it.</summary>
internal sealed class TestPlugin(string path) : IPlugin
{
    public string Path { get; } = path;

    public List<string> Calls { get; } = [];

    public Action<PluginModule> OnInitialize { get; init; } = _ => { };

    public Action OnCleanUp { get; init; } = () => { };

    public void Initialize(PluginModule module)
    {
        Calls.Add("initialize");
        OnInitialize(module);
    }

    public void CleanUp()
    {
        Calls.Add("clean up");
        OnCleanUp();
    }

    public void Close() => Calls.Add("close");

    /// <summary>A handler that calls a function.</summary>
    internal sealed class Handler(Func<int> run) : TaskHandler
    {
        public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply) => run();
    }
}
