namespace RanCognition.Interop;

// The same calls with the JSON of rancognition.h, as text or UTF-8 bytes.
public sealed unsafe partial class StrangeLoop
{
    /// <summary>Seeks x = F(x) for a map F that is built in.</summary>
    /// <param name="request">JSON object with map.</param>
    /// <returns>JSON.</returns>
    public string Solve(string request) => Solve(NativeCall.Utf8(request), NativeCall.TakeText);

    /// <inheritdoc cref="Solve(string)"/>
    public string Solve(ReadOnlySpan<byte> request) => Solve(request, NativeCall.TakeText);

    /// <summary>Seeks x = F(x) for a map F of the application's.</summary>
    /// <param name="request">JSON object with x0.</param>
    /// <param name="map">As for <see cref="SolveWith(Contracts.FixedPointRequest, FixedPointMap)"/>.</param>
    /// <returns>JSON.</returns>
    public string SolveWith(string request, FixedPointMap map) => SolveWith(NativeCall.Utf8(request), map, NativeCall.TakeText);

    /// <inheritdoc cref="SolveWith(string, FixedPointMap)"/>
    public string SolveWith(ReadOnlySpan<byte> request, FixedPointMap map) => SolveWith(request, map, NativeCall.TakeText);

    /// <summary>Tells what happened since a loop last spoke, and what it expects next.</summary>
    /// <param name="observation">JSON object with loop_id.</param>
    /// <returns>JSON.</returns>
    public string Observe(string observation) => Observe(NativeCall.Utf8(observation), NativeCall.TakeText);

    /// <inheritdoc cref="Observe(string)"/>
    public string Observe(ReadOnlySpan<byte> observation) => Observe(observation, NativeCall.TakeText);

    /// <summary>Finds commands of different control functions that work against each other, and functions that chase each other.</summary>
    /// <param name="request">JSON object with commands, loops or both.</param>
    /// <returns>JSON.</returns>
    public string DetectConflicts(string request) => DetectConflicts(NativeCall.Utf8(request), NativeCall.TakeText);

    /// <inheritdoc cref="DetectConflicts(string)"/>
    public string DetectConflicts(ReadOnlySpan<byte> request) => DetectConflicts(request, NativeCall.TakeText);

    /// <inheritdoc cref="GetState"/>
    /// <returns>JSON.</returns>
    public string GetStateJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_strange_loop_get_state(use.Value));
    }

    /// <inheritdoc cref="Restore(Contracts.StrangeLoopState)"/>
    /// <param name="state">JSON of <see cref="GetStateJson"/>.</param>
    public void Restore(string state) => Restore((ReadOnlySpan<byte>)NativeCall.Utf8(state));

    /// <inheritdoc cref="Restore(string)"/>
    public void Restore(ReadOnlySpan<byte> state)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = &NativeCall.Start<byte>(state))
        {
            NativeCall.Check(NativeMethods.rancog_strange_loop_restore(use.Value, text, (nuint)state.Length));
        }
    }
}
