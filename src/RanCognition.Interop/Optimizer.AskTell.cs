using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Interop;

// A search in which the application asks for points and tells what they gave, in its own time.
public sealed unsafe partial class Optimizer
{
    private readonly Lock _searchGate = new();

    // How many numbers the points of the search that was begun have; all 0 without one. Changes with the library's search, under the gate.
    private SearchShape _shape;

    /// <summary>Begins a search that asks and is told. What was begun before is given up.</summary>
    /// <param name="problem">With variables and objectives, without function and problem type. Its time counts from here.</param>
    public void Begin(OptimizationProblem problem) => Begin((ReadOnlySpan<byte>)NativeCall.Json(problem));

    /// <inheritdoc cref="Begin(OptimizationProblem)"/>
    /// <param name="problem">JSON object with variables and objectives.</param>
    public void Begin(ReadOnlySpan<byte> problem)
    {
        lock (_searchGate)
        {
            using HandleUse use = new(_handle);
            SearchShape before = _shape;
            _shape = default;   // room of the wrong size must never be given
            fixed (byte* text = &NativeCall.Start<byte>(problem))
            {
                int status = NativeMethods.rancog_optimization_begin(use.Value, text, (nuint)problem.Length);
                if (status < 0)
                {
                    _shape = before;
                }
                NativeCall.Check(status);
            }
            OptimizationProblem begun = ContractJson.Read<OptimizationProblem>(problem);
            _shape = new SearchShape(begun.Variables.Count, begun.Objectives.Count, begun.Constraints.Count);
        }
    }

    /// <summary>The points that the search wants to know next. Until they are told, the same ones are given again.</summary>
    /// <param name="capacity">Points wanted at most, at least 1.</param>
    /// <returns>Empty = the search is over.</returns>
    /// <exception cref="KeyNotFoundException">No search was begun.</exception>
    public double[][] Ask(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        lock (_searchGate)
        {
            int variables = _shape.Variables;
            double[] x = new double[checked(Math.Min(capacity, OptimizationLimits.TellRowsMax) * variables)];
            double[][] points = new double[Ask(x)][];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = x[(i * variables)..((i + 1) * variables)];
            }
            return points;
        }
    }

    /// <summary>The same into the caller's memory.</summary>
    /// <param name="x">Gets the points, one after another; has room for at least one.</param>
    /// <returns>How many they are; 0 = the search is over.</returns>
    /// <exception cref="KeyNotFoundException">No search was begun.</exception>
    public int Ask(Span<double> x)
    {
        lock (_searchGate)
        {
            using HandleUse use = new(_handle);
            SearchShape shape = RequireBegun();
            if (x.Length < shape.Variables)
            {
                throw new ArgumentException($"has room for {x.Length} of the {shape.Variables} numbers of a point", nameof(x));
            }
            nuint rows = 0;
            fixed (double* room = x)
            {
                NativeCall.Check(NativeMethods.rancog_optimization_ask(use.Value, room, (nuint)(x.Length / shape.Variables), &rows));
            }
            return (int)rows;
        }
    }

    /// <summary>Tells what one or more points gave: those asked for, in any order, and others, from which the search learns too.</summary>
    /// <param name="x">The points, one after another; each within the bounds and on its grid.</param>
    /// <param name="objectives">Their objectives, point by point, each in its own sense; NaN = the point failed.</param>
    /// <param name="constraints">Their constraints, point by point; empty when the problem has none.</param>
    /// <exception cref="KeyNotFoundException">No search was begun.</exception>
    public void Tell(ReadOnlySpan<double> x, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints = default)
    {
        lock (_searchGate)
        {
            using HandleUse use = new(_handle);
            SearchShape shape = RequireBegun();
            int rows = x.Length / shape.Variables;
            if (x.IsEmpty || rows * shape.Variables != x.Length)
            {
                throw new ArgumentException($"{x.Length} numbers are no points of {shape.Variables}", nameof(x));
            }
            RequireOneAPoint(objectives.Length, rows, shape.Objectives, nameof(objectives));
            RequireOneAPoint(constraints.Length, rows, shape.Constraints, nameof(constraints));
            fixed (double* points = x, values = objectives, limits = constraints)
            {
                NativeCall.Check(NativeMethods.rancog_optimization_tell(use.Value, points, values, limits, (nuint)rows));
            }
        }
    }

    /// <summary>What the search that was begun knows by now; at any time.</summary>
    /// <returns>Stopped is <see cref="SearchStop.Cancelled"/> while the search is not over.</returns>
    /// <exception cref="KeyNotFoundException">No search was begun.</exception>
    public OptimizationResult Result()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<OptimizationResult>(NativeMethods.rancog_optimization_result(use.Value));
    }

    private SearchShape RequireBegun() => _shape.Variables > 0 ? _shape : throw new RanCognitionNotFoundException("self: no search was begun");

    private static void RequireOneAPoint(int count, int rows, int each, string name)
    {
        if (count != (long)rows * each)
        {
            throw new ArgumentException($"{count} for {rows} points of {each}", name);
        }
    }

    private readonly record struct SearchShape(int Variables, int Objectives, int Constraints);
}
