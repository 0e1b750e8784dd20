using System.Buffers;

namespace RanCognition.Telemetry.Markup;

// Tags, attributes and prefixes.
internal ref partial struct MarkupReader
{
    // Of both quotes; blanks other than spaces become spaces.
    private static readonly SearchValues<byte> DoubleQuotedStops = Stops("\"<&\t\r\n"u8);
    private static readonly SearchValues<byte> SingleQuotedStops = Stops("'<&\t\r\n"u8);

    /// <summary>An attribute of the element that just began; empty when it is not there. Valid until the next attribute or text is read.</summary>
    /// <param name="name">Without a prefix, which the attribute must not have either.</param>
    public readonly ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _state.Attributes; i++)
        {
            if (_text[_state.AttributeNames[i]].SequenceEqual(name))
            {
                return Value(i);
            }
        }
        return [];
    }

    private readonly ReadOnlySpan<byte> Value(int attribute)
    {
        ReadOnlySpan<byte> raw = _text[_state.AttributeValues[attribute]];
        if (!_state.AttributeNeedsDecoding[attribute])
        {
            return raw;
        }
        int length = 0;
        Append(raw, ref length, isPlain: false, isAttribute: true);
        return _state.Decoded.AsSpan(0, length);
    }

    private MarkupToken Start()
    {
        int begin = _at++;
        Range name = NameHere("an element's name");
        if (_state.Depth == 0 && _hasRoot)
        {
            Fault(begin, "a second root element");
        }
        if (_state.Depth == MarkupState.DepthMax)
        {
            Beyond(MarkupState.DepthMax, "elements within each other");
        }
        _hasRoot = true;
        _state.Open[_state.Depth++] = name;
        _state.Attributes = 0;
        while (true)
        {
            int before = _at;
            SkipBlanks();
            int character = _at < _text.Length ? _text[_at] : -1;
            if (character == '>' || (character == '/' && _at + 1 < _text.Length && _text[_at + 1] == '>'))
            {
                _closesAtOnce = character == '/';
                _at += _closesAtOnce ? 2 : 1;
                break;
            }
            if (_at == before)
            {
                Fault(_at, $"<{Shown(_text[name])}> is not closed by '>'");
            }
            ReadAttribute();
        }
        Declare();
        RequirePrefix(name);
        for (int i = 0; i < _state.Attributes; i++)
        {
            RequirePrefix(_state.AttributeNames[i]);
        }
        return MarkupToken.Start;
    }

    private MarkupToken Finish()
    {
        int begin = _at;
        _at += 2;
        Range name = NameHere("an element's name");
        SkipBlanks();
        if (_at == _text.Length || _text[_at] != '>')
        {
            Fault(_at, $"</{Shown(_text[name])}> is not closed by '>'");
        }
        _at++;
        if (_state.Depth == 0 || !_text[_state.Open[_state.Depth - 1]].SequenceEqual(_text[name]))
        {
            string open = _state.Depth == 0 ? "no element is open" : $"<{Shown(_text[_state.Open[_state.Depth - 1]])}> is open";
            Fault(begin, $"</{Shown(_text[name])}> where {open}");
        }
        Leave();
        return MarkupToken.Finish;
    }

    private readonly void Leave()
    {
        while (_state.PrefixCount > 0 && _state.PrefixDepths[_state.PrefixCount - 1] == _state.Depth)
        {
            _state.PrefixCount--;
        }
        _state.Depth--;
    }

    private void ReadAttribute()
    {
        int begin = _at;
        Range name = NameHere("an attribute's name, '/>' or '>'");
        SkipBlanks();
        if (_at == _text.Length || _text[_at] != '=')
        {
            Fault(_at, $"'=' is missing behind {Shown(_text[name])}");
        }
        _at++;
        SkipBlanks();
        if (_at == _text.Length || _text[_at] is not ((byte)'"' or (byte)'\''))
        {
            Fault(_at, $"the value of {Shown(_text[name])} is not in quotes");
        }
        for (int i = 0; i < _state.Attributes; i++)
        {
            if (_text[_state.AttributeNames[i]].SequenceEqual(_text[name]))
            {
                Fault(begin, $"attribute {Shown(_text[name])} is given twice");
            }
        }
        if (_state.Attributes == MarkupState.AttributesMax)
        {
            Beyond(MarkupState.AttributesMax, "attributes of one element");
        }
        byte quote = _text[_at++];
        int start = _at;
        bool needsDecoding = false;
        while (true)
        {
            int stop = _text[_at..].IndexOfAny(quote == '"' ? DoubleQuotedStops : SingleQuotedStops);
            if (stop < 0)
            {
                Fault(begin, $"the value of {Shown(_text[name])} has no end");
            }
            _at += stop;
            if (_text[_at] == quote)
            {
                break;
            }
            if (_text[_at] == '<')
            {
                Fault(_at, "'<' in an attribute");
            }
            needsDecoding |= _text[_at] is (byte)'&' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            StepOver();
        }
        int attribute = _state.Attributes++;
        _state.AttributeNames[attribute] = name;
        _state.AttributeValues[attribute] = new Range(start, _at++);
        _state.AttributeNeedsDecoding[attribute] = needsDecoding;
    }

    /// <summary>Notes the prefixes that the element that just began declares.</summary>
    private readonly void Declare()
    {
        for (int i = 0; i < _state.Attributes; i++)
        {
            ReadOnlySpan<byte> name = _text[_state.AttributeNames[i]];
            if (!name.StartsWith("xmlns:"u8))
            {
                continue;
            }
            if (_state.AttributeValues[i].Start.Value == _state.AttributeValues[i].End.Value || name.SequenceEqual("xmlns:xmlns"u8))
            {
                Fault(_at, $"{Shown(name)} declares no prefix");
            }
            if (_state.PrefixCount == MarkupState.PrefixesMax)
            {
                Beyond(MarkupState.PrefixesMax, "prefixes at one place");
            }
            _state.Prefixes[_state.PrefixCount] = new Range(_state.AttributeNames[i].Start.Value + 6, _state.AttributeNames[i].End);
            _state.PrefixDepths[_state.PrefixCount++] = _state.Depth;
        }
    }

    private readonly void RequirePrefix(Range qualified)
    {
        ReadOnlySpan<byte> name = _text[qualified];
        int colon = name.IndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }
        ReadOnlySpan<byte> prefix = name[..colon];
        bool isElement = qualified.Equals(_state.Open[_state.Depth - 1]);
        bool isKnown = prefix.SequenceEqual("xml"u8) || (!isElement && prefix.SequenceEqual("xmlns"u8));
        for (int i = _state.PrefixCount - 1; i >= 0 && !isKnown; i--)
        {
            isKnown = _text[_state.Prefixes[i]].SequenceEqual(prefix);
        }
        if (!isKnown)
        {
            Fault(qualified.Start.Value, $"the prefix of {Shown(name)} is not declared");
        }
    }

    private Range NameHere(string what)
    {
        int start = _at;
        _at += MarkupName.Length(_text[_at..]);
        if (!MarkupName.IsQualified(_text[start.._at]))
        {
            Fault(start, $"expected {what}");
        }
        return new Range(start, _at);
    }

    private static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name) => name[(name.IndexOf((byte)':') + 1)..];
}
