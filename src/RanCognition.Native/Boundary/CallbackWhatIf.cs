namespace RanCognition.Native.Boundary;

/// <summary>The host's model of its network: one question a call, on the calling thread.</summary>
internal sealed unsafe class CallbackWhatIf(delegate* unmanaged[Cdecl]<byte*, nuint, double*, nuint, void*, int> function, void* userData)
{
    public bool Answer(ReadOnlySpan<byte> question, Span<double> values)
    {
        // What a callback leaves unset is no value.
        values.Fill(double.NaN);
        fixed (byte* text = question)
        {
            fixed (double* answers = values)
            {
                return function(text, (nuint)question.Length, answers, (nuint)values.Length, userData) == 0;
            }
        }
    }
}
