module github.com/slogx/slogx

go 1.26.0
