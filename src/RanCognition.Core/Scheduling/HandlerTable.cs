using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>Task types as small numbers: names of Custom handlers from 1 on, then the cores. A name that only a task mentioned has a number and no handler.</summary>
/// <remarks>Numbers are looked up on any thread without a lock; names and handlers are added under one.</remarks>
internal sealed class HandlerTable
{
    private const ushort FirstCore = SchedulingLimits.HandlersMax + 1;
    private const int Cores = (int)TaskKind.Custom;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ushort> _numbers = [];
    private readonly TaskHandler?[] _cores = new TaskHandler?[Cores];
    private string[] _names = new string[16];
    private TaskHandler?[] _handlers = new TaskHandler?[16];

    public void SetCore(TaskKind kind, TaskHandler handler) => _cores[(int)kind] = handler;

    public ushort Register(string name, TaskHandler handler)
    {
        lock (_gate)
        {
            ushort number = NumberOf(name);
            Volatile.Write(ref _handlers[number], handler);
            return number;
        }
    }

    /// <summary>Takes a handler away, if it is still the one of this number; the name keeps it.</summary>
    public void Remove(uint number, TaskHandler handler)
    {
        lock (_gate)
        {
            if (_handlers[number] == handler)
            {
                Volatile.Write(ref _handlers[number], null);
            }
        }
    }

    public ushort NumberOf(TaskType type)
    {
        if (type.Kind != TaskKind.Custom)
        {
            return (ushort)(FirstCore + (int)type.Kind);
        }
        lock (_gate)
        {
            return NumberOf(type.Name);
        }
    }

    public TaskHandler? Find(uint number)
    {
        TaskHandler?[] handlers = Volatile.Read(ref _handlers);
        return number < (uint)handlers.Length ? Volatile.Read(ref handlers[number])
            : number >= FirstCore && number < FirstCore + Cores ? _cores[number - FirstCore]
            : null;
    }

    public TaskType TypeOf(ushort number) =>
        number >= FirstCore ? new TaskType((TaskKind)(number - FirstCore)) : new TaskType(TaskKind.Custom, Volatile.Read(ref _names)[number]);

    /// <summary>Why a task of this type cannot run now.</summary>
    public string Missing(ushort number)
    {
        TaskType type = TypeOf(number);
        return type.Kind == TaskKind.Custom ? $"no handler is registered under '{type.Name}'" : $"the {CoreName(type.Kind)} core is not loaded";
    }

    /// <summary>A handler's number as callers know it: that of register_handler, 0 for a core.</summary>
    public static uint PublicNumber(ushort number) => number < FirstCore ? number : 0u;

    private ushort NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out ushort known))
        {
            return known;
        }
        if (name.Length == 0)
        {
            InvalidInputException.Throw("name", "is empty");
        }
        if (Encoding.UTF8.GetByteCount(name) > SchedulingLimits.HandlerNameBytesMax)
        {
            throw new LimitExceededException("name", $"{Encoding.UTF8.GetByteCount(name)} bytes, at most {SchedulingLimits.HandlerNameBytesMax}");
        }
        if (_numbers.Count == SchedulingLimits.HandlersMax)
        {
            throw new LimitExceededException("name", $"more than {SchedulingLimits.HandlersMax} different handler names");
        }
        ushort number = (ushort)(_numbers.Count + 1);
        if (number == _handlers.Length)
        {
            string[] names = new string[number * 2];
            _names.CopyTo(names, 0);
            Volatile.Write(ref _names, names);
            TaskHandler?[] handlers = new TaskHandler?[number * 2];
            _handlers.CopyTo(handlers, 0);
            Volatile.Write(ref _handlers, handlers);
        }
        _names[number] = name;
        _numbers.Add(name, number);
        return number;
    }

    private static string CoreName(TaskKind kind) => kind switch
    {
        TaskKind.TemporalAnalysis => "temporal",
        TaskKind.CognitiveProcessing => "cognitive",
        TaskKind.MemoryOperation => "memory",
        TaskKind.Optimization => "optimization",
        _ => "strange-loop",
    };
}
