using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Optimization;

namespace RanCognition.Interop;

/// <summary>
/// The application's evaluators as the library calls them, on the thread of the call. What they throw never enters the library: it comes out of the call. A search for what to set, and a
/// decision, end at their next progress report; until then points and questions fail at once. A search for a fixed point ends at once.
/// </summary>
internal static unsafe class EvaluatorBridge
{
    private const int Evaluated = 0;
    private const int Failed = 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int OnPoint(double* x, nuint variables, double* objectives, nuint objectiveCount, double* constraints, nuint constraintCount, void* userData)
    {
        try
        {
            return !IsEnding() && Of<PointEvaluator>(userData)(
                new ReadOnlySpan<double>(x, (int)variables), new Span<double>(objectives, (int)objectiveCount), new Span<double>(constraints, (int)constraintCount)) ? Evaluated : Failed;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return Failed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int OnBatch(double* x, nuint points, nuint variables, double* objectives, nuint objectiveCount, double* constraints, nuint constraintCount, void* userData)
    {
        try
        {
            return !IsEnding() && Of<BatchEvaluator>(userData)(
                new ReadOnlySpan<double>(x, checked((int)(points * variables))), (int)points, new Span<double>(objectives, checked((int)(points * objectiveCount))),
                new Span<double>(constraints, checked((int)(points * constraintCount)))) ? Evaluated : Failed;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return Failed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int OnMap(double* x, nuint count, double* image, void* userData)
    {
        try
        {
            if (IsEnding())
            {
                return Failed;
            }
            Of<FixedPointMap>(userData)(new ReadOnlySpan<double>(x, (int)count), new Span<double>(image, (int)count));
            return Evaluated;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return Failed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int OnWhatIf(byte* question, nuint length, double* values, nuint count, void* userData)
    {
        try
        {
            return !IsEnding() && Of<WhatIfFunction>(userData)(new ReadOnlySpan<byte>(question, (int)length), new Span<double>(values, (int)count)) ? Evaluated : Failed;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return Failed;
        }
    }

    private static T Of<T>(void* userData)
        where T : class => (T)GCHandle.FromIntPtr((nint)userData).Target!;

    /// <summary>A call that ends has no use for further points. One that its token ends is not to give a result of points that were not evaluated, although the library may have no time left to
    /// ask whether it is cancelled.</summary>
    private static bool IsEnding()
    {
        if (CallScope.Token.IsCancellationRequested)
        {
            CallScope.Keep(new RanCognitionCanceledException("cancelled during the search", CallScope.Token));
        }
        return CallScope.IsEnding;
    }
}
