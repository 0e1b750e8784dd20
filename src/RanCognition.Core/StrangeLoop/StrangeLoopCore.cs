using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.StrangeLoop.Conflicts;
using RanCognition.StrangeLoop.FixedPoints;
using RanCognition.StrangeLoop.Maps;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.StrangeLoop;

/// <summary>
/// Loops that contain a model of themselves: fixed points with certificates, predictions of a loop's own effect that are checked and corrected within proven bounds, and control functions that work
/// against each other.
/// </summary>
/// <remarks>Not thread-safe: one call at a time. A call that throws has changed nothing.</remarks>
public sealed class StrangeLoopCore
{
    private readonly StrangeLoopOptions _options;
    private readonly IHost _host;
    private LoopBook _loops;
    private ConflictDetector _conflicts = new();

    /// <param name="options">What holds for all loops.</param>
    /// <param name="host">Clock and progress.</param>
    public StrangeLoopCore(StrangeLoopOptions options, IHost host)
    {
        _options = options;
        _host = host;
        _loops = new LoopBook(options);
    }

    /// <summary>What loops and kept commands hold, about.</summary>
    public ulong MemoryBytes => _loops.MemoryBytes + _conflicts.MemoryBytes;

    /// <summary>Seeks a fixed point of a map that is built in.</summary>
    /// <param name="request">With a map.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    public FixedPointResult Solve(FixedPointRequest request, string argument = "request")
    {
        ulong startNs = _host.NowNanoseconds();
        if (request.Map is null)
        {
            InvalidInputException.Throw(argument, "has no map: a function of the host's is solved with solve_with");
        }
        return Solve(request, MapCompiler.Compile(request.Map, argument), argument, startNs);
    }

    /// <summary>Seeks a fixed point of a map of the caller's.</summary>
    /// <param name="request">Without a map.</param>
    /// <param name="map">Its dimension is that of x0.</param>
    public FixedPointResult SolveWith(FixedPointRequest request, IFixedPointMap map)
    {
        ulong startNs = _host.NowNanoseconds();
        if (request.Map is not null)
        {
            InvalidInputException.Throw("request/map", "is built in: use solve");
        }
        if (request.X0 is null)
        {
            InvalidInputException.Throw("request/x0", "is missing: it says how many numbers the map takes");
        }
        return Solve(request, map, "request", startNs);
    }

    /// <summary>Takes what happened since the loop last spoke, and corrects what it expects next.</summary>
    /// <param name="observation">The loop's.</param>
    public LoopReply Observe(LoopObservation observation)
    {
        ulong startNs = _host.NowNanoseconds();
        LoopReply reply = _loops.Observe(observation, startNs);
        return reply with { Ignored = Joined(observation.Ignored), ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    /// <summary>Finds commands that work against each other, and functions that chase each other.</summary>
    /// <param name="request">Commands, KPIs, gains.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    public ConflictReport DetectConflicts(ConflictRequest request, string argument = "request")
    {
        ulong startNs = _host.NowNanoseconds();
        ConflictReport report = _conflicts.Detect(request, argument, startNs, _host);
        return report with { Ignored = Joined(request.Ignored), ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    /// <summary>Everything that the core believes about itself; Restore takes it back.</summary>
    public StrangeLoopState GetState()
    {
        ulong startNs = _host.NowNanoseconds();
        return new StrangeLoopState
        {
            AciStep = _loops.Options.AciStep,
            Levels = _loops.Options.Levels,
            Loops = _loops.State(),
            Groups = _conflicts.Groups,
            LiveCommands = _conflicts.LiveCommands,
            LivePlaces = _conflicts.LivePlaces,
            NextCommand = _conflicts.NextCommand,
            Ignored = Joined([]),
            ExecutionTime = _host.NowNanoseconds() - startNs,
        };
    }

    /// <summary>Believes again what a state says, and goes on with its aci_step and levels. What was known before is forgotten.</summary>
    /// <param name="state">Of this core or another.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    public void Restore(StrangeLoopState state, string argument = "state")
    {
        LoopBook loops = new(_options);
        loops.Restore(state, argument);
        ConflictDetector conflicts = new();
        conflicts.Restore(state.LiveCommands, state.LivePlaces, state.Groups, state.NextCommand, argument);
        _loops = loops;
        _conflicts = conflicts;
    }

    private FixedPointResult Solve(FixedPointRequest request, IFixedPointMap map, string argument, ulong startNs)
    {
        FixedPointResult result = new FixedPointRun(_host).Solve(request, map, argument, startNs);
        return result with { Ignored = Joined(request.Ignored), ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    private List<IgnoredField> Joined(IReadOnlyList<IgnoredField> ignored)
    {
        List<IgnoredField> all = [];
        foreach (IgnoredField field in _options.Ignored)
        {
            all.Add(field with { Field = "/options" + field.Field });
        }
        all.AddRange(ignored);
        return all;
    }
}
