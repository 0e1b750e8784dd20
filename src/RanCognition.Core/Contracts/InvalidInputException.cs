using System.Diagnostics.CodeAnalysis;

namespace RanCognition.Contracts;

/// <summary>The caller's input cannot be used; the message names the argument, the place in it and the reason.</summary>
public sealed class InvalidInputException : Exception
{
    public InvalidInputException(string argument, string reason)
        : base($"{argument}: {reason}")
    {
        Argument = argument;
    }

    /// <summary>Name of the argument, with the place in it where that is known (problem/history/X).</summary>
    public string Argument { get; }

    [DoesNotReturn]
    public static void Throw(string argument, string reason) => throw new InvalidInputException(argument, reason);
}
