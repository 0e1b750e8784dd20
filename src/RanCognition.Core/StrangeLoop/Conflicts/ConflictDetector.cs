using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Finds commands of control functions that work against each other, and says what to do.</summary>
/// <remarks>
/// A request that keeps its commands is compared with those kept before, and then those that ended are forgotten; any other request stands for itself and changes nothing. When a request fails,
/// nothing has changed. Not thread-safe.
/// </remarks>
internal sealed class ConflictDetector
{
    private readonly int _conflictsMax;
    private LiveCommandStore _store = new();
    private GroupTable _groups = new([], "");

    /// <param name="conflictsMax">Conflicts that a report lists.</param>
    public ConflictDetector(int conflictsMax = StrangeLoopLimits.ConflictsMax) => _conflictsMax = conflictsMax;

    /// <summary>What the kept commands hold, about: each is a few short texts and its places in the indices.</summary>
    public ulong MemoryBytes => (ulong)_store.Count * 500;

    /// <summary>Commands that are kept, by place.</summary>
    public IReadOnlyList<ControlCommand> LiveCommands
    {
        get
        {
            LiveCommand[] all = _store.All();
            var commands = new ControlCommand[all.Length];
            for (int i = 0; i < all.Length; i++)
            {
                commands[i] = all[i].Command;
            }
            return commands;
        }
    }

    /// <summary>Places of the commands that are kept, ascending: those between them have ended.</summary>
    public IReadOnlyList<ulong> LivePlaces
    {
        get
        {
            LiveCommand[] all = _store.All();
            ulong[] places = new ulong[all.Length];
            for (int i = 0; i < all.Length; i++)
            {
                places[i] = all[i].Place;
            }
            return places;
        }
    }

    /// <summary>Groups of the last request that kept its commands and had groups.</summary>
    public IReadOnlyList<ParameterGroup> Groups => _groups.Groups;

    /// <summary>Place of the first command of the next request that keeps its commands.</summary>
    public ulong NextCommand { get; private set; }

    /// <summary>Goes on from there.</summary>
    /// <param name="commands">Commands that are kept.</param>
    /// <param name="places">Their places, ascending.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="nextCommand">Behind all places.</param>
    /// <param name="argument">Name of the state in messages.</param>
    /// <exception cref="InvalidInputException">It is not the state of a detector; nothing has changed.</exception>
    /// <exception cref="LimitExceededException">Too many commands or parameters; nothing has changed.</exception>
    public void Restore(IReadOnlyList<ControlCommand> commands, IReadOnlyList<ulong> places, IReadOnlyList<ParameterGroup> groups, ulong nextCommand, string argument)
    {
        if (commands.Count != places.Count)
        {
            InvalidInputException.Throw($"{argument}/live_commands", $"{commands.Count} commands have {places.Count} places");
        }
        if (commands.Count > StrangeLoopLimits.CommandsMax)
        {
            throw new LimitExceededException($"{argument}/live_commands", $"at most {StrangeLoopLimits.CommandsMax} commands are kept");
        }
        var table = new GroupTable(groups, argument);
        var store = new LiveCommandStore();
        for (int i = 0; i < commands.Count; i++)
        {
            if (places[i] >= nextCommand || (i > 0 && places[i] <= places[i - 1]))
            {
                InvalidInputException.Throw($"{argument}/live_commands/{i}", $"its place {places[i]} is not behind those before it, or not before the next command's, {nextCommand}");
            }
            if (commands[i].SpanNs == 0)
            {
                InvalidInputException.Throw($"{argument}/live_commands/{i}/controlTimespan", "a command that is kept lasts longer than 0");
            }
            store.Add(LiveCommand.Of(commands[i], places[i], store.Names));
        }
        (_store, _groups, NextCommand) = (store, table, nextCommand);
    }

    /// <summary>Finds the conflicts of a request.</summary>
    /// <param name="request">Commands, and what is known of groups, KPIs and loops.</param>
    /// <param name="argument">Its name in messages.</param>
    /// <param name="startNs">When the call began.</param>
    /// <param name="host">Clock and progress.</param>
    /// <exception cref="InvalidInputException">KPIs or loops contradict themselves, or the loops' gain cannot be estimated; nothing has changed.</exception>
    /// <exception cref="LimitExceededException">Too many of anything; nothing has changed.</exception>
    public ConflictReport Detect(ConflictRequest request, string argument, ulong startNs, IHost host)
    {
        CheckCounts(request, argument);
        LoopGainReport? loops = request.Loops is null ? null : LoopGain.Of(request.Loops, $"{argument}/loops", host);
        GroupTable groups = GroupsOf(request, argument);
        LiveCommandStore store = request.Keep ? _store : new LiveCommandStore();
        store.TidyNames();
        ulong firstPlace = request.Keep ? NextCommand : 0, forgetBy = request.TimeNs ?? 0;
        var fresh = new List<LiveCommand>(request.Commands.Count);
        for (int i = 0; i < request.Commands.Count; i++)
        {
            ControlCommand command = request.Commands[i];
            if (request.TimeNs is null)
            {
                forgetBy = Math.Max(forgetBy, command.StartNs);
            }
            if (command.SpanNs > 0)
            {
                fresh.Add(LiveCommand.Of(command, firstPlace + (ulong)i, store.Names));
            }
        }
        List<LiveCommand> kept = request.Keep ? ToKeep(fresh, store, forgetBy, argument) : [];
        ConflictList conflicts = Search(request, argument, fresh, firstPlace, groups, store, loops, host);
        IReadOnlyList<ControlConflict> found = conflicts.Take();
        if (request.Keep)
        {
            store.ForgetEndingBy(forgetBy);
            foreach (LiveCommand command in kept)
            {
                store.Add(command);
            }
            _groups = groups;
            NextCommand += (ulong)request.Commands.Count;
        }
        return new ConflictReport
        {
            Conflicts = found,
            FirstCommand = firstPlace,
            Live = _store.Count,
            IsTruncated = conflicts.IsTruncated,
            Loops = loops,
            Ignored = request.Ignored,
            ExecutionTime = host.NowNanoseconds() - startNs,
        };
    }

    private GroupTable GroupsOf(ConflictRequest request, string argument)
    {
        if (request.Keep && (request.Groups is null || _groups.Is(request.Groups)))
        {
            return _groups;   // with what is known of the kept commands' groups
        }
        return new GroupTable(request.Groups ?? [], argument);
    }

    private static void CheckCounts(ConflictRequest request, string argument)
    {
        if (request.Commands.Count > StrangeLoopLimits.CommandsMax)
        {
            throw new LimitExceededException($"{argument}/commands", $"at most {StrangeLoopLimits.CommandsMax} commands");
        }
        if (request.Kpis.Count > StrangeLoopLimits.KpisMax)
        {
            throw new LimitExceededException($"{argument}/kpis", $"at most {StrangeLoopLimits.KpisMax} samples");
        }
    }

    /// <summary>New commands that do not end by then.</summary>
    private static List<LiveCommand> ToKeep(List<LiveCommand> fresh, LiveCommandStore store, ulong forgetBy, string argument)
    {
        var kept = new List<LiveCommand>();
        foreach (LiveCommand command in fresh)
        {
            if (command.EndNs > forgetBy)
            {
                kept.Add(command);
            }
        }
        if (store.Count + kept.Count > StrangeLoopLimits.CommandsMax && store.Count + kept.Count - store.CountEndingBy(forgetBy) > StrangeLoopLimits.CommandsMax)
        {
            throw new LimitExceededException($"{argument}/commands", $"at most {StrangeLoopLimits.CommandsMax} commands are kept");
        }
        return kept;
    }

    private ConflictList Search(
        ConflictRequest request, string argument, List<LiveCommand> fresh, ulong firstPlace, GroupTable groups, LiveCommandStore store, LoopGainReport? loops, IHost host)
    {
        var conflicts = new ConflictList(_conflictsMax);
        var pairs = new SourcePairs(loops);
        var parameters = new ParameterSearch(fresh, groups, pairs);
        var commands = new List<LiveCommand>();
        parameters.CollectKept(store, commands);
        commands.AddRange(fresh);
        parameters.Find(commands, conflicts, host);
        if (request.Kpis.Count == 0)
        {
            return conflicts;
        }
        var kpis = new KpiTable(request.Kpis, argument);   // contradictions are named even when nothing can follow from the samples
        if (!kpis.IsEmpty && fresh.Count > 0)
        {
            if (conflicts.IsFull)
            {
                conflicts.Cut();   // what would not be listed is not looked for
            }
            var all = new List<LiveCommand>(store.All());
            all.AddRange(fresh);
            new ImplicitSearch(all, firstPlace, kpis, parameters, pairs, host).Find(conflicts);
        }
        return conflicts;
    }
}
